using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Collection;

/// <summary>So many attempts within a time for each address and for each code (<see cref="CollectionRules"/>), counted in the database before the answer is
/// known: guesses sent side by side, or to several hosts, are counted all. A code that nobody has counts like a true one.</summary>
public sealed class CollectionGuard(Region region, TimeProvider clock)
{
    /// <param name="what">The use case, for the audit.</param>
    /// <param name="hash">Of the code as it was typed.</param>
    /// <exception cref="Refusal"><c>too-many-attempts</c></exception>
    public async Task<CollectionAttempt> Begin(ModuleDb db, string what, string address, string hash, CancellationToken cancellation)
    {
        var (from, typed) = ($"address:{address}", $"code:{hash}");
        // Both are counted, always: how long the answer takes says nothing.
        var (mayAddress, mayCode) = (await Take(db, from, CollectionRules.OfAddress, cancellation), await Take(db, typed, CollectionRules.OfCode, cancellation));
        return mayAddress && mayCode ? new(db, what, address, [from, typed]) : throw TooMany("Troppi tentativi: per sicurezza attenda {0} minuti e riprovi.");
    }

    /// <summary>One more of what an address may ask for, whether it goes well or not.</summary>
    /// <param name="tooMany">Italian, the key of its translation; {0} is the minutes to wait.</param>
    /// <exception cref="Refusal"><c>too-many-attempts</c></exception>
    public async Task Count(ModuleDb db, string purpose, string address, string tooMany, CancellationToken cancellation)
    {
        if (!await Take(db, $"{purpose}:{address}", CollectionRules.OfAddress, cancellation))
            throw TooMany(tooMany);
    }

    /// <summary>Counts of yesterday are of no use to anybody.</summary>
    public Task<int> Forget(ModuleDb db, CancellationToken cancellation)
    {
        var yesterday = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        return db.Set<CollectionAttempts>().Where(a => a.Since < yesterday).ExecuteDeleteAsync(cancellation);
    }

    private int Limit(string name) => region.Collection.Of(name, region.DayOf(clock.GetUtcNow()));

    private Refusal TooMany(string says) => new("too-many-attempts", says, Limit(CollectionRules.WindowMinutes)) { Kind = RefusalKind.TooMany };

    /// <returns>False when it is one too many: the rest of the time is to be waited.</returns>
    private async Task<bool> Take(ModuleDb db, string key, string limit, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var begun = now.AddMinutes(-Limit(CollectionRules.WindowMinutes));
        var row = db.Set<CollectionAttempts>().Where(a => a.Key == key);
        if (await OneMore(row, begun, cancellation) == 0
            && await row.Where(a => a.Since <= begun).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, 1).SetProperty(a => a.Since, now), cancellation) == 0)
        {
            var first = db.Add(new CollectionAttempts { Key = key, Since = now, Count = 1 });
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException twin) when (db.IsDuplicate(twin))
            {
                await OneMore(row, begun, cancellation);
            }

            // Its count goes on in the database, past this copy.
            first.State = EntityState.Detached;
        }

        return await row.Select(a => a.Count).SingleAsync(cancellation) <= Limit(limit);
    }

    private static Task<int> OneMore(IQueryable<CollectionAttempts> row, DateTime begun, CancellationToken cancellation) =>
        row.Where(a => a.Since > begun).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, a => a.Count + 1), cancellation);
}

/// <summary>One attempt of a citizen, already counted.</summary>
public sealed class CollectionAttempt(ModuleDb db, string what, string address, string[] keys)
{
    /// <summary>Puts its line in the audit, of whom a real code is: it leaves with the next save.</summary>
    /// <param name="record">Of a person whom the registry does not know.</param>
    public void Tell(bool right, Guid? patient, Guid? record = null) => db.Tell(new PersonDataTouched(
        right ? "read" : "refused", what, patient is { } whose ? [whose] : [], patient is null && record is { } of ? [of] : [], "citizen", address, Activity.Current?.TraceId.ToString()));

    /// <summary>It was right, and does not count.</summary>
    public Task Forgive(CancellationToken cancellation) =>
        db.Set<CollectionAttempts>().Where(a => keys.Contains(a.Key) && a.Count > 0).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, a => a.Count - 1), cancellation);
}
