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
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var ended = await db.LetGo(over, now, cancellation);
        await transaction.CommitAsync(cancellation);
        return ended.Count;
    }
}
