using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>Places that were kept for somebody who did not confirm in time are free again: each minute, and whenever somebody looks.</summary>
internal sealed class GiveBackHolds(VaccinationDb db, TimeProvider clock) : IScheduledJob
{
    private const int AtATime = 100;

    public static string Name => "vaccination.give-back-holds";
    public static string Title => "Libera i posti tenuti e non confermati in tempo";
    public static string Cron => "0 * * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation) => new("{0} posti tenuti e liberati", await GiveBack(cancellation));

    /// <returns>How many holds were over.</returns>
    public async Task<int> GiveBack(CancellationToken cancellation)
    {
        var all = 0;
        while (true)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var over = await db.Holds.AsNoTracking().Where(h => h.ExpiresAt <= now).OrderBy(h => h.Id).Take(AtATime).ToListAsync(cancellation);
            if (over.Count == 0)
                return all;
            all += await GiveBack(over, now, cancellation);
            if (over.Count < AtATime)
                return all;
        }
    }

    private async Task<int> GiveBack(List<Hold> over, DateTime now, CancellationToken cancellation)
    {
        // Holds before slots, each in the order of their ids, as the ledger locks them.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var given = new List<Hold>();
        foreach (var hold in over)
        {
            // Who has confirmed or changed it at this moment has written it anew, or taken it away.
            if (await db.Holds.Where(h => h.Id == hold.Id && h.ExpiresAt <= now && h.FirstSlotId == hold.FirstSlotId && h.SecondSlotId == hold.SecondSlotId).ExecuteDeleteAsync(cancellation) == 1)
                given.Add(hold);
        }

        foreach (var slot in given.SelectMany(h => new[] { h.FirstSlotId, h.SecondSlotId ?? Guid.Empty }).Where(s => s != Guid.Empty).GroupBy(s => s).OrderBy(s => s.Key))
        {
            var by = slot.Count();
            await db.Slots.Where(s => s.Id == slot.Key && s.Taken >= by).ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken - by), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return given.Count;
    }
}
