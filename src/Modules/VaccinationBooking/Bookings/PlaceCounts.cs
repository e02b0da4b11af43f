using Microsoft.EntityFrameworkCore;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>How places change hands outside the taking of them (<see cref="IBookingLedger"/>): moved, left, given back. Within the caller's
/// transaction; slots in the order of their ids, as the ledger locks them, so that nobody waits in a ring; guarded, so that of two
/// rivals the slower changes nothing, on every engine.</summary>
internal static class PlaceCounts
{
    /// <returns>The slot at which it failed: full, closed, begun, or counted by somebody else; null when all are counted.</returns>
    public static async Task<Guid?> CountPlaces(this VaccinationDb db, IEnumerable<(Guid Slot, int By)> steps, DateTime now, CancellationToken cancellation = default)
    {
        foreach (var slot in steps.GroupBy(s => s.Slot).OrderBy(g => g.Key))
        {
            var by = slot.Sum(s => s.By);
            if (by == 0)
                continue;
            var mine = db.Slots.Where(s => s.Id == slot.Key && s.Taken + by >= 0);
            if (by > 0)
                mine = mine.Where(s => s.Taken + by <= s.Capacity && !s.Closed && s.StartsAt > now);
            if (await mine.ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken + by), cancellation) == 0)
                return slot.Key;
        }

        return null;
    }

    /// <summary>Holds end and their places are free. Who has confirmed or changed one at this moment has written it anew, or taken it away: it is left alone.</summary>
    /// <returns>Those that ended.</returns>
    public static async Task<List<Hold>> LetGo(this VaccinationDb db, IEnumerable<Hold> holds, DateTime now, CancellationToken cancellation)
    {
        var ended = new List<Hold>();
        foreach (var hold in holds.OrderBy(h => h.Id))
        {
            if (await db.Holds.Where(h => h.Id == hold.Id && h.ExpiresAt == hold.ExpiresAt && h.FirstSlotId == hold.FirstSlotId && h.SecondSlotId == hold.SecondSlotId).ExecuteDeleteAsync(cancellation) == 1)
                ended.Add(hold);
        }

        if (await db.CountPlaces(ended.SelectMany(h => new[] { h.FirstSlotId, h.SecondSlotId ?? Guid.Empty }).Where(s => s != Guid.Empty).Select(s => (s, -1)), now, cancellation) is not null)
            throw new PlaceRace();
        return ended;
    }
}
