using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Collecting;

/// <summary>What a citizen fetches the result of her test with, together with her birth date: on the sheet that the desk prints, or the one she got when she
/// registered herself. Only its hash is kept.</summary>
internal sealed class CollectionCode : IOfPatient
{
    /// <summary>Without 0 1 I L O, which are read for each other: 12 of them are 59 bits, and attempts are counted.</summary>
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private const int Length = 12;
    private const int Group = 4;

    public required string Hash { get; init; }
    public required Guid SwabId { get; init; }
    public required Guid? PatientId { get; set; }
    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;
    Guid? IOfPatient.RecordOfRow => SwabId;

    public static string Make() => string.Join('-', RandomNumberGenerator.GetString(Letters, Length).Chunk(Group).Select(g => new string(g)));

    /// <summary>Of what was typed, with or without groups and in any case.</summary>
    public static string HashOf(string? typed) => Digest.Of(string.Concat((typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)));
}

/// <summary>How often a key was tried within the hour: an address, or a code, real or not.</summary>
internal sealed class Attempts
{
    public const int KeyLength = 90;

    public required string Key { get; init; }
    public required DateTime Since { get; set; }
    public required int Count { get; set; }
}

/// <summary>So many an hour for each address and each code, counted in the database before the answer is known: guesses sent side by side, or to several
/// hosts, are counted all.</summary>
internal sealed class AttemptGuard(QuickSwabsDb db, IDatabaseEngine engine, TimeProvider clock)
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
        if (await row.Where(a => a.Since > begun).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, a => a.Count + 1), cancellation) == 0
            && await row.ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, 1).SetProperty(a => a.Since, now), cancellation) == 0)
        {
            var first = db.Attempts.Add(new() { Key = key, Since = now, Count = 1 });
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                await row.ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, a => a.Count + 1), cancellation);
            }

            first.State = EntityState.Detached;
        }

        return await row.Select(a => a.Count).SingleAsync(cancellation) <= most;
    }

    /// <summary>The attempt was right and does not count.</summary>
    public Task Forgive(string key, CancellationToken cancellation) =>
        db.Attempts.Where(a => a.Key == key && a.Count > 0).ExecuteUpdateAsync(set => set.SetProperty(a => a.Count, a => a.Count - 1), cancellation);
}
