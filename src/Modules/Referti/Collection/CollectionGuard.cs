using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Referti.Collection;

/// <summary>So many attempts an hour for each address and for each code, counted in the database before the answer is known:
/// guesses sent side by side, or to several hosts, are counted all. A code that nobody has counts like a true one.</summary>
internal sealed class CollectionGuard(RefertiDb db, IDatabaseEngine engine, TimeProvider clock)
{
    /// <summary>Wrong dates for one code.</summary>
    public const int OfCode = 5;

    /// <summary>A family, or a ward, behind one address.</summary>
    public const int OfAddress = 30;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <returns>False when it is one too many: the rest of the hour is to be waited.</returns>
    public async Task<bool> Take(string key, int most, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var begun = now - Window;
        var row = db.CollectionAttempts.Where(a => a.Key == key);
        if (await Count(row, begun, cancellation) == 0
            && await row.Where(a => a.Since <= begun).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, 1).SetProperty(a => a.Since, now), cancellation) == 0)
        {
            await Begin(key, row, now, begun, cancellation);
        }

        return await row.Select(a => a.Count).SingleAsync(cancellation) <= most;
    }

    /// <summary>The attempt was right and does not count.</summary>
    public Task Forgive(string key, CancellationToken cancellation) =>
        db.CollectionAttempts.Where(a => a.Key == key && a.Count > 0).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, a => a.Count - 1), cancellation);

    private static Task<int> Count(IQueryable<CollectionAttempts> row, DateTime begun, CancellationToken cancellation) =>
        row.Where(a => a.Since > begun).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, a => a.Count + 1), cancellation);

    private async Task Begin(string key, IQueryable<CollectionAttempts> row, DateTime now, DateTime begun, CancellationToken cancellation)
    {
        var first = db.CollectionAttempts.Add(new() { Key = key, Since = now, Count = 1 });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
        {
            await Count(row, begun, cancellation);
        }

        // Its count goes on in the database, past this copy.
        first.State = EntityState.Detached;
    }
}
