using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Tables;

namespace Platform.UserManagement.Extractions;

internal enum ExtractionState
{
    /// <summary>Waits for the privacy officer.</summary>
    Asked,
    Refused,

    /// <summary>Waits for the job.</summary>
    Approved,
    Making,
    Ready,
    Failed,

    /// <summary>Its days are over and its file is deleted.</summary>
    Expired,
}

/// <summary>Rows of a period under pseudonyms, for an analyst: asked for a purpose, approved by somebody else, made by a job, there for some days.
/// What was asked, by whom and what for stays.</summary>
internal sealed class Extraction : IVersioned
{
    public const int NameLength = 120;
    public const int PurposeLength = 500;
    public const int KindsLength = 200;
    public const int ProjectLength = 60;
    public const int WhyLength = 300;

    public required Guid Id { get; init; }
    public required Guid AskedById { get; init; }
    public required string AskedByName { get; init; }
    public required DateTime AskedAt { get; init; }
    public required string Purpose { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Names of what is extracted, with blanks between.</summary>
    public required string Kinds { get; init; }

    public required TableFormat Format { get; init; }

    /// <summary>Extractions of one project have the same pseudonyms; null for pseudonyms of its own, which join with nothing.</summary>
    public string? Project { get; init; }

    public ExtractionState State { get; private set; }
    public string? DecidedByName { get; private set; }
    public DateTime? DecidedAt { get; private set; }

    /// <summary>Why it was refused, or failed: Italian, the key of its translation where the platform says it.</summary>
    public string? Why { get; private set; }

    public DateTime? MakingSince { get; private set; }
    public int Rows { get; private set; }
    public int People { get; private set; }

    /// <summary>Of these, of whom less is said than of the others, since too few are alike.</summary>
    public int Coarser { get; private set; }

    public DateTime? ReadyAt { get; private set; }
    public DateTime? ExpiresAt { get; private set; }
    public int Version { get; set; }

    public void Decide(bool approved, string? why, Guid byId, string byName, DateTime now)
    {
        if (State != ExtractionState.Asked)
            throw new Refusal("extraction-decided", "Su questa estrazione qualcuno ha già deciso.");
        if (byId == AskedById)
            throw new Refusal("own-extraction", "Decide un'altra persona, non chi l'ha chiesta.") { Kind = RefusalKind.Unprocessable };
        if (!approved && why is null)
            throw new Refusal("why-missing", "Indichi perché la rifiuta.") { Kind = RefusalKind.Unprocessable };
        (State, Why, DecidedByName, DecidedAt) = (approved ? ExtractionState.Approved : ExtractionState.Refused, why, byName, now);
    }

    public void Begin(DateTime now) => (State, MakingSince, Rows) = (ExtractionState.Making, now, 0);

    public void Finish(int rows, int people, int coarser, DateTime now, DateTime expires) =>
        (State, Rows, People, Coarser, ReadyAt, ExpiresAt) = (ExtractionState.Ready, rows, people, coarser, now, expires);

    public void Fail(string why) => (State, Why) = (ExtractionState.Failed, why);

    public void Expire() => State = ExtractionState.Expired;

    /// <summary>The host that made it is no more.</summary>
    public void TakeUpAgain() => State = ExtractionState.Approved;
}

/// <summary>A piece of an extraction's file, encrypted.</summary>
internal sealed class ExtractionPart
{
    public required Guid ExtractionId { get; init; }
    public required int Number { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>The key of a project's pseudonyms, encrypted. An extraction without a project has a key that nobody keeps.</summary>
internal sealed class ProjectKey
{
    public const int KeyLength = 400;

    /// <summary>In upper case.</summary>
    public required string Project { get; init; }

    public required string Key { get; init; }
    public required string AllowedBy { get; init; }
    public required DateTime At { get; init; }
}
