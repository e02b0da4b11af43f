using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Certificates.Collection;

/// <summary>So many attempts an hour for each address and for each code, counted in the database before the answer is known, so that guesses sent
/// side by side or to several hosts are counted all.</summary>
internal sealed class FetchGuard(CertificatesDb db, IDatabaseEngine engine, TimeProvider clock)
{
    public const int OfCode = 5;

    /// <summary>A family, or a ward, behind one address.</summary>
    public const int OfAddress = 30;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <returns>False when it is one too many: the rest of the hour is to be waited.</returns>
    public async Task<bool> Take(string key, int most, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var begun = now - Window;
        var row = db.Attempts.Where(a => a.Key == key);
        var more = row.Where(a => a.Since > begun);
        if (await OneMore(more, cancellation) == 0
            && await row.Where(a => a.Since <= begun).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, 1).SetProperty(a => a.Since, now), cancellation) == 0)
        {
            var first = db.Attempts.Add(new() { Key = key, Since = now, Count = 1 });
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                await OneMore(more, cancellation);
            }

            // Its count goes on in the database, past this copy.
            first.State = EntityState.Detached;
        }

        return await row.Select(a => a.Count).SingleAsync(cancellation) <= most;
    }

    /// <summary>The attempt was right and does not count.</summary>
    public Task Forgive(string key, CancellationToken cancellation) =>
        db.Attempts.Where(a => a.Key == key && a.Count > 0).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, a => a.Count - 1), cancellation);

    private static Task<int> OneMore(IQueryable<FetchAttempts> rows, CancellationToken cancellation) =>
        rows.ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, a => a.Count + 1), cancellation);
}
