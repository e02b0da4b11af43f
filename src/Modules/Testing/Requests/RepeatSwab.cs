using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

/// <summary>Another sample, with one click: the same test for the same reason, at the first free place of the same hotspot or of
/// the nearest one. Without a free place it waits for one to be booked.</summary>
/// <returns>The new request; of a repeated click, the first one's.</returns>
[Requires(TestingModule.MayRequest)]
internal sealed record RepeatSwab(Guid Id) : ICommand<Guid>
{
    internal sealed class Handler(TestingDb db, IMediator mediator, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock)
        : IRequestHandler<RepeatSwab, Guid>
    {
        public Task<Guid> Handle(RepeatSwab request, CancellationToken cancellationToken) =>
            db.OnceMore(() => Repeat(request, cancellationToken));

        private async Task<Guid> Repeat(RepeatSwab request, CancellationToken cancellation)
        {
            var failed = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayRequest)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellation) ?? throw Refusal.NotFound();
            if (failed.RepeatedBy is { } made)
                return made;
            var patient = (await mediator.Send(new VisiblePatient(failed.PatientId), cancellation)).Patient;
            var act = user.Act(clock);
            var again = failed.Repeat(Guid.CreateVersion7(clock.GetUtcNow()), patient, act);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var notBefore = act.At.AddMinutes(region.Swabs.Limit("notice_minutes", region.DayOf(clock.GetUtcNow())));
            var slot = await db.TakeNearest(failed.HotspotCode, notBefore, notBefore, cancellation);
            if (slot is not null)
            {
                again.Book(slot, act);
                db.Tell(new SwabRequested(again.Id, again.PatientId, again.TestType, again.HotspotCode, slot.StartsAt, again.RequestedBy));
            }

            db.Requests.Add(again);
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                await transaction.RollbackAsync(cancellation);
                db.ChangeTracker.Clear();
                throw new Refusal("already-requested", "La persona ha già una richiesta aperta per questo tipo di test.");
            }

            await transaction.CommitAsync(cancellation);
            return again.Id;
        }
    }
}
