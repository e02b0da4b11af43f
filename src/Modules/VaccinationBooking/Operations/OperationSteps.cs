using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Operations;

/// <summary>The work of an operation on its next people.</summary>
internal sealed class OperationSteps(VaccinationDb db, PlaceLedger ledger, Concerned concerned, NewPlaces places, BookingMail mail, TimeProvider clock)
{
    public const int AtATime = 50;

    private const int Tries = 10;

    /// <returns>Whether there are more, and it is to go on.</returns>
    public async Task<bool> Some(Guid id, BulkItemState state, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var operation = await db.BulkOperations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellation);
        if (operation is not { State: BulkState.Running or BulkState.Done } || (operation.State == BulkState.Done && state == BulkItemState.Waiting))
            return false;
        var retry = state == BulkItemState.WithoutPlace;
        var some = await db.BulkItems.AsNoTracking().Where(i => i.OperationId == id && i.State == state).OrderBy(i => i.At).ThenBy(i => i.Id)
            .Take(retry ? int.MaxValue : AtATime).Select(i => new { i.Id, i.BookingId }).ToListAsync(cancellation);
        foreach (var item in some)
            await One(operation, item.Id, item.BookingId, retry, cancellation);
        db.ChangeTracker.Clear();
        if (retry || await db.BulkItems.AnyAsync(i => i.OperationId == id && i.State == BulkItemState.Waiting, cancellation))
            return !retry;
        var now = clock.GetUtcNow().UtcDateTime;
        await db.BulkOperations.Where(o => o.Id == id && o.State == BulkState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, BulkState.Done).SetProperty(o => o.EndedAt, now).SetProperty(o => o.Version, o => o.Version + 1), cancellation);
        return false;
    }

    private async Task One(BulkOperation operation, Guid item, Guid booking, bool retry, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if ((await concerned.By(operation, booking, now, cancellation)).FirstOrDefault() is not { } found)
            {
                var moved = await db.BookingChanges.AnyAsync(c => c.BookingId == booking && c.CauseId == operation.Id, cancellation);
                await Settle(item, moved ? BulkItemState.Moved : BulkItemState.NotConcerned, null, now, cancellation);
                return;
            }

            if (await places.Find(found.Booking, found.Affected, operation.OtherVaccine, now, plan: false, cancellation) is not { } place)
            {
                if (!retry)
                {
                    // Told once: the mail's id is the item's.
                    await mail.Post([(StableId.Of(item, "choose"), booking)], BookingMailKind.ToChoose, cancellation);
                    await Settle(item, BulkItemState.WithoutPlace, null, now, cancellation);
                }

                return;
            }

            try
            {
                await ledger.Commit(new MovePlaces(
                    Guid.CreateVersion7(clock.GetUtcNow()), booking, place.To.ToDictionary(t => t.Key, t => t.Value.Id), Why: operation.Why, Cause: operation.Id, Mixed: operation.OtherVaccine is not null));
                await Settle(item, BulkItemState.Moved, place, now, cancellation);
                return;
            }
            catch (Refusal refusal) when (attempt < Tries && refusal.Code is "slot-gone" or "slots-do-not-fit" or "booking-over" or "dose-not-movable")
            {
                // Somebody was quicker, or she has changed it herself: look again.
            }
        }
    }

    private Task<int> Settle(Guid item, BulkItemState state, NewPlace? place, DateTime now, CancellationToken cancellation)
    {
        var (centre, first, second) = (place?.Centre, place?.To.GetValueOrDefault(1)?.StartsAt, place?.To.GetValueOrDefault(2)?.StartsAt);
        return db.BulkItems.Where(i => i.Id == item).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.State, state).SetProperty(i => i.ToCentre, centre).SetProperty(i => i.FirstAt, first).SetProperty(i => i.SecondAt, second).SetProperty(i => i.DoneAt, now),
            cancellation);
    }
}
