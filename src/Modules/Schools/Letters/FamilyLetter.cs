using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.Letters;

internal enum LetterKind
{
    /// <summary>What was decided, for how long, and when the swab is.</summary>
    Start,

    /// <summary>The way back to school is free.</summary>
    End,

    /// <summary>What was decided does not hold: it stood on something wrong.</summary>
    Withdrawn,
}

/// <summary>What a family was told in writing of one of its own, as it stood that day.</summary>
[Shows(FieldClass.Health, "Measure", "From", "Until")]
[Shows(FieldClass.Work, "Kind", "AslCode", "WrittenAt", "ClassName", "SchoolName", "MailedAt")]
internal sealed class FamilyLetter : IOfPatient
{
    public static readonly ScopeRule<FamilyLetter> Scope = new ScopeRule<FamilyLetter>().By(ScopeKind.Asl, l => l.AslCode);

    public required Guid Id { get; init; }
    public required Guid StandingId { get; init; }
    public required Guid PatientId { get; set; }
    public required LetterKind Kind { get; init; }
    public required string AslCode { get; init; }
    public required string ClassName { get; init; }
    public required string SchoolName { get; init; }

    public required MeasureKind Measure { get; init; }

    public required DateOnly From { get; init; }
    public DateOnly? Until { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime WrittenAt { get; init; }

    /// <summary>UTC; null where the registry has no address of hers.</summary>
    public DateTime? MailedAt { get; set; }

    Guid? IOfPatient.PatientOfRow => PatientId;
}
