using System.Security.Cryptography;
using Platform.BuildingBlocks.Security;

namespace Platform.Certificates.Collection;

/// <summary>What a citizen fetches a certificate with, together with her codice fiscale. It opens what comes of one occasion, also what is issued anew
/// after a correction. Only its hash is kept.</summary>
internal sealed class FetchCode : IOfPatient
{
    public const int HashLength = Digest.Length;
    public const int MadeForLength = 10;

    /// <summary>Without 0 1 I L O, which are read for each other: 12 of them are 59 bits, and attempts are counted.</summary>
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private const int Length = 12;
    private const int Group = 4;

    public required Guid Id { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;
    public required Guid OccasionId { get; init; }
    public required string Hash { get; init; }
    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }

    /// <summary>mail or desk.</summary>
    public required string MadeFor { get; init; }

    public static (FetchCode Row, string Code) Make(Guid id, Guid patient, Guid occasion, string madeFor, DateTime now, int days)
    {
        var code = RandomNumberGenerator.GetString(Letters, Length);
        return (new() { Id = id, PatientId = patient, OccasionId = occasion, Hash = HashOf(code), MadeAt = now, ExpiresAt = now.AddDays(days), MadeFor = madeFor },
            string.Join('-', code.Chunk(Group).Select(g => new string(g))));
    }

    /// <summary>Of what was typed, with or without groups and in any case.</summary>
    public static string HashOf(string? typed) => Digest.Of("certificate " + string.Concat((typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)));
}

/// <summary>How often a key was tried within the hour: an address, or a code, real or not.</summary>
internal sealed class FetchAttempts
{
    public const int KeyLength = 80;

    public required string Key { get; init; }
    public required DateTime Since { get; set; }
    public required int Count { get; set; }
}
