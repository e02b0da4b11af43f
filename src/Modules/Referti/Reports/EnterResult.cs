using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Contracts;
using Platform.Referti.Proposals;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The laboratory says the result of a sample it holds: it is released at once, or waits for a second person
/// where the laboratory wants two.</summary>
[Requires(RefertiModule.Enter)]
internal sealed record EnterResult : ICommand<Written>, IResultForm
{
    /// <summary>Made by the form: sent twice, it is one release.</summary>
    public Guid Id { get; init; }

    public Guid RequestId { get; init; }
    public ReportResult? Result { get; init; }
    public DateTime? CollectedAt { get; init; }
    public DateTime? ReceivedAt { get; init; }
    public DateTime? ReportedAt { get; init; }
    public string? Details { get; init; }
    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<EnterResult>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(r => r.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            Include(new ResultFormValidator<EnterResult>(region, clock));
        }
    }

    internal sealed class Handler(RefertiDb db, Releasing releasing, IMediator mediator, Region region, TimeProvider clock) : IRequestHandler<EnterResult, Written>
    {
        public async Task<Written> Handle(EnterResult request, CancellationToken cancellationToken)
        {
            if (await releasing.Before(request.Id, cancellationToken) is { } twin)
                return twin;
            var held = await mediator.Send(new SampleOfLab(request.RequestId), cancellationToken);
            var patient = await releasing.PatientOf(held.Sample.PatientId, cancellationToken);
            var finding = request.AsFinding(request.Id, held.Sample.TestType, region);
            if (!releasing.WantsTwo(held.Sample.LabCode))
            {
                var report = await releasing.Enter(held, patient, finding, releasing.Me, cancellationToken);
                return await releasing.Save(request.Id, new(report, false), Releasing.AlreadyReported(), cancellationToken);
            }

            await releasing.CheckAwaited(held, cancellationToken);
            db.Proposals.Add(ProposedResult.OfSample(held.Sample, patient, finding, releasing.Me, clock.GetUtcNow().UtcDateTime));
            return await releasing.Save(request.Id, new(request.Id, true), Releasing.AlreadyProposed(), cancellationToken);
        }
    }
}
