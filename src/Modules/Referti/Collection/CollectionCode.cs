using System.Security.Cryptography;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.Collection;

/// <summary>What a citizen fetches her report with, together with her birth date: printed on a paper of hers, or in an e-mail.
/// Only its hash is kept, so that each paper printed has a code of its own and nobody who reads the tables can use one.</summary>
internal sealed class CollectionCode : IOfPatient
{
    public const int MadeForLength = 20;

    /// <summary>Without 0 1 I L O, which are read for each other: 16 of them are 79 bits.</summary>
    internal const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private const int Length = 16;
    private const int Group = 4;

    /// <summary>From the paper's printing: the swab may still be taken, examined and corrected.</summary>
    private static readonly TimeSpan Valid = TimeSpan.FromDays(120);

    /// <summary>Reports are not left on line for longer (Garante privacy, linee guida in tema di referti on-line, 19/11/2009).</summary>
    public static readonly TimeSpan OnLine = TimeSpan.FromDays(45);

    public required Guid Id { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>All reports of this request.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>Or this one, where nobody had asked for it here.</summary>
    public Guid? ReportId { get; init; }

    public required string Hash { get; init; }
    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }

    /// <summary>paper, letter or mail.</summary>
    public required string MadeFor { get; init; }

    public static (CollectionCode Row, string Code) Make(Guid id, Guid patient, Guid? request, Guid? report, string madeFor, DateTime now)
    {
        var code = RandomNumberGenerator.GetString(Letters, Length);
        return (new()
        {
            Id = id, PatientId = patient, RequestId = request, ReportId = request is null ? report : null, Hash = HashOf(code), MadeAt = now, ExpiresAt = now + Valid,
            MadeFor = madeFor,
        }, Shown(code));
    }

    /// <summary>In groups, as on the paper.</summary>
    public static string Shown(string code) => string.Join('-', code.Chunk(Group).Select(g => new string(g)));

    /// <summary>Of what was typed, with or without groups and in any case.</summary>
    public static string HashOf(string? typed)
    {
        return Digest.Of(string.Concat((typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)));
    }
}

/// <summary>How often a key was tried within the hour: an address, or a code, real or not.</summary>
internal sealed class CollectionAttempts
{
    public const int KeyLength = 80;

    public required string Key { get; init; }
    public required DateTime Since { get; set; }
    public required int Count { get; set; }
}
