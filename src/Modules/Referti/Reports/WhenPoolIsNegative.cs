using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>A negative pool answers for each of its samples: they go the way of any result that the laboratory enters.</summary>
internal sealed class WhenPoolIsNegative(IMediator mediator, Region region) : IReaction<PoolResolved>
{
    public async Task React(Told<PoolResolved> told, CancellationToken cancellation)
    {
        if (!told.Event.Negative)
            return;
        foreach (var request in told.Event.Requests)
        {
            try
            {
                var sample = await mediator.Send(new SwabRequestById(request), cancellation);
                await mediator.Send(
                    new EnterResult
                    {
                        Id = StableId.Of(told.Id, request.ToString()), RequestId = request, Result = ReportResult.NotDetected,
                        CollectedAt = sample?.CollectedAt is { } at ? region.LocalOf(at) : null, ReportedAt = region.LocalOf(told.Event.At),
                        Details = $"Pool {told.Event.Number}",
                    },
                    cancellation);
            }
            catch (Refusal refusal) when (refusal.Code is "not-awaited" or "already-reported")
            {
                // Somebody has entered its result meanwhile: that one stands.
            }
        }
    }
}
