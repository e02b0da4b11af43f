using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.People;

namespace Platform.Patients.Holds;

/// <summary>Whose data are held back, and why: the newest first, those that ended too.</summary>
[Requires(PatientsModule.HoldData)]
internal sealed record HoldList(int Page) : IQuery<Listing<NotedRow<RetentionHold>>>
{
    internal sealed class Handler(PatientsDb db) : IRequestHandler<HoldList, Listing<NotedRow<RetentionHold>>>
    {
        public Task<Listing<NotedRow<RetentionHold>>> Handle(HoldList request, CancellationToken cancellationToken) => db.Newest<RetentionHold>(request.Page, cancellationToken);
    }
}

/// <summary>Her data follow their terms again.</summary>
[Requires(PatientsModule.HoldData)]
internal sealed record LiftHold(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(PatientsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<LiftHold, Unit>
    {
        public async Task<Unit> Handle(LiftHold request, CancellationToken cancellationToken)
        {
            var hold = await db.Holds.FirstOrDefaultAsync(h => h.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            hold.Lift(user.DisplayName, clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

internal sealed class HeldBack(PatientsDb db, Region region, TimeProvider clock) : IHeldBack
{
    public async Task<IReadOnlyList<Guid>> Now(CancellationToken cancellation)
    {
        var today = region.DayOf(clock.GetUtcNow());
        return await db.Holds.Where(h => h.LiftedAt == null && (h.Until == null || h.Until >= today)).Select(h => h.PatientId).Distinct().ToListAsync(cancellation);
    }
}
