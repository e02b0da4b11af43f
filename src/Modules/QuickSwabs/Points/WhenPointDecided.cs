using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Notifications.Contracts;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Points;

/// <summary>Who works at the point finds in the inbox what its ASL has decided, and why.</summary>
internal sealed class WhenPointDecided(QuickSwabsDb db, IMediator mediator, Region region) : IReaction<QuickSwabPointDecided>
{
    public async Task React(Told<QuickSwabPointDecided> told, CancellationToken cancellation)
    {
        var decision = await db.PointDecisions.AsNoTracking().SingleOrDefaultAsync(d => d.Id == told.Event.DecisionId, cancellation);
        if (decision is null || region.QuickSwabs.FindPoint(decision.PointCode) is not { } point)
            return;
        var suspended = decision.Kind == PointDecisionKind.Suspension;
        await mediator.Send(new PostMessage(
            StableId.Of(told.Id, "point"), new(PointBook.ScopeOf(point), null), "quickswabs.point", suspended ? MessagePriority.High : MessagePriority.Normal,
            suspended ? "{0} è sospeso dai test rapidi: {1}" : "{0} è ammesso ai test rapidi: {1}", [point.Name, decision.Reason], "/quick-swabs", null, "task"), cancellation);
    }
}
