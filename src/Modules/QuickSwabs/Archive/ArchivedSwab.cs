using Platform.BuildingBlocks.Persistence;

namespace Platform.QuickSwabs.Archive;

/// <summary>Whose a negative test was, sealed. It is found again by a digest of her codice fiscale alone, and opened only with leave of the privacy officer.</summary>
internal sealed class ArchivedSwab
{
    /// <summary>Of the sealed text.</summary>
    public const int PersonLength = 1000;

    /// <summary>The test's.</summary>
    public required Guid Id { get; init; }

    /// <summary>Of the codice fiscale: <see cref="ArchiveFinder"/>.</summary>
    public required string Finder { get; init; }

    public required string Person { get; init; }
    public required DateTime CollectedAt { get; init; }
    public required DateTime ArchivedAt { get; init; }
}

internal enum ReadingState
{
    Asked,
    Allowed,
    Refused,
}

/// <summary>Somebody asks to read one person's tests back from the archive; the privacy officer decides.</summary>
internal sealed class ArchiveReading : IVersioned
{
    public const int ReasonLength = 300;

    public required Guid Id { get; init; }
    public required string Finder { get; init; }
    public required string Reason { get; init; }
    public required Guid AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public required DateTime AskedAt { get; init; }
    public ReadingState State { get; set; }
    public DateTime? DecidedAt { get; set; }
    public string? DecidedByName { get; set; }

    /// <summary>UTC end of the leave.</summary>
    public DateTime? Until { get; set; }

    public int Version { get; set; }
}
