using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.People;
using Platform.Schools.Register;

namespace Platform.Schools.Cases;

internal enum SchoolCaseState
{
    /// <summary>The ASL is to decide: on a new positive, or again because a decision lost its ground.</summary>
    Open,
    Decided,

    /// <summary>No measure of it holds any more.</summary>
    Ended,
}

/// <summary>Positives of one class near to each other in time. It is the ASL's: a school sees what follows from it, never this.</summary>
[Shows(FieldClass.Work)]
internal sealed class SchoolCase : IVersioned
{
    public static readonly ScopeRule<SchoolCase> Scope = new ScopeRule<SchoolCase>().By(ScopeKind.Asl, c => c.AslCode);

    public const int ClassNameLength = SchoolClass.SectionLength + SchoolClass.CourseLength + 4;

    private readonly List<CasePositive> positives = [];
    private readonly List<CaseContact> contacts = [];
    private readonly List<Decision> decisions = [];

    public required Guid Id { get; init; }
    public required Guid ClassId { get; init; }
    public required string ClassName { get; init; }
    public required string SchoolCode { get; init; }
    public required string SchoolName { get; init; }

    /// <inheritdoc cref="School.InstituteCode"/>
    public string? InstituteCode { get; init; }

    /// <summary>Of the school.</summary>
    public required string AslCode { get; init; }

    public required string MunicipalityIstat { get; init; }
    public required SchoolLevel Level { get; init; }
    public SchoolCaseState State { get; private set; }

    /// <summary>UTC.</summary>
    public required DateTime OpenedAt { get; init; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>Of the latest positive sample.</summary>
    public DateOnly LastPositiveOn { get; private set; }

    /// <summary>How many decisions were made on it.</summary>
    public int Decided { get; private set; }

    public int Version { get; set; }

    public IReadOnlyList<CasePositive> Positives => positives;
    public IReadOnlyList<CaseContact> Contacts => contacts;
    public IReadOnlyList<Decision> Decisions => decisions;

    /// <summary>The decision that holds.</summary>
    public Decision? Standing => decisions.SingleOrDefault(d => d.State == DecisionState.Holds);

    /// <summary>Another positive of the class: it is to be decided again.</summary>
    /// <returns>False when it was known.</returns>
    public bool Add(CasePositive positive)
    {
        if (positives.Exists(p => p.SourceId == positive.SourceId && p.LostAt is null))
            return false;
        var known = positives.Exists(p => p.PatientId == positive.PatientId && p.LostAt is null);
        positives.Add(positive);
        LastPositiveOn = positives.Where(p => p.LostAt is null).Max(p => p.SampledOn);
        if (!known)
            State = SchoolCaseState.Open;
        return true;
    }

    public void Add(CaseContact contact)
    {
        if (!contacts.Exists(c => c.PatientId == contact.PatientId))
            contacts.Add(contact);
        else if (contacts.Single(c => c.PatientId == contact.PatientId) is { } known && known.LastExposure < contact.LastExposure)
            known.LastExposure = contact.LastExposure;
    }

    /// <summary>What this source said does not hold. When nobody is positive any more, or who stays is fewer than the decision counted, the
    /// decision has lost its ground.</summary>
    /// <returns>The decision that is to be made again; null when none stood on it.</returns>
    public Decision? Lose(Guid source, LostGround why, DateTime now)
    {
        var lost = positives.FindAll(p => p.SourceId == source && p.LostAt is null);
        if (lost.Count == 0)
            return null;
        foreach (var positive in lost)
            (positive.LostAt, positive.LostWhy) = (now, why);
        var left = positives.FindAll(p => p.LostAt is null);
        if (left.Count > 0)
            LastPositiveOn = left.Max(p => p.SampledOn);
        // Another sample of the same person may still say so.
        if (lost.TrueForAll(l => left.Exists(p => p.PatientId == l.PatientId)))
            return null;
        var standing = Standing;
        standing?.Reopen(now);
        if (left.Count == 0)
            (State, EndedAt) = (SchoolCaseState.Ended, now);
        else if (standing is not null)
            State = SchoolCaseState.Open;
        return standing;
    }

    /// <exception cref="Refusal"><c>case-ended</c>.</exception>
    public void Decide(Decision decision)
    {
        if (State == SchoolCaseState.Ended)
            throw new Refusal("case-ended", "Questo caso è concluso: non c’è più nulla da decidere.");
        if (Standing is { } former)
            former.Replace();
        decisions.Add(decision);
        (State, Decided) = (SchoolCaseState.Decided, Decided + 1);
    }

    /// <exception cref="Refusal"><c>case-ended</c>.</exception>
    public void End(DateTime now)
    {
        if (State == SchoolCaseState.Ended)
            throw new Refusal("case-ended", "Questo caso è concluso: non c’è più nulla da decidere.");
        (State, EndedAt) = (SchoolCaseState.Ended, now);
    }
}

internal enum PositiveSource
{
    /// <summary>A laboratory's report.</summary>
    Report,
    QuickSwab,

    /// <summary>Reported by the school's referent, and taken by the ASL.</summary>
    Referent,
}

internal enum LostGround
{
    Corrected,
    Annulled,
}

/// <summary>Somebody of the class was found positive.</summary>
[Shows(FieldClass.Health, "SampledOn", "Source", "LostAt", "LostWhy")]
[Shows(FieldClass.Work)]
internal sealed class CasePositive : IOfPatient
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public required Guid ClassId { get; init; }
    public required Guid PatientId { get; set; }
    public required SchoolPart Part { get; init; }
    public required DateOnly SampledOn { get; init; }

    /// <summary>On which she was last in class.</summary>
    public required DateOnly LastInClass { get; init; }

    public required PositiveSource Source { get; init; }
    public required Guid SourceId { get; init; }
    public required int SourceVersion { get; init; }

    /// <summary>What said so does not hold any more.</summary>
    public DateTime? LostAt { get; set; }

    public LostGround? LostWhy { get; set; }

    Guid? IOfPatient.PatientOfRow => PatientId;
    Guid? IOfPatient.RecordOfRow => CaseId;
}

/// <summary>Who was in class with a positive in the hours before.</summary>
[Shows(FieldClass.Health, "Protection", "ProtectionDay")]
[Shows(FieldClass.Work)]
internal sealed class CaseContact : IOfPatient
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public required Guid PatientId { get; set; }
    public required SchoolPart Part { get; init; }

    /// <summary>The last day with a positive in class.</summary>
    public required DateOnly LastExposure { get; set; }

    /// <summary>By the rule set of <see cref="ProtectionDay"/>.</summary>
    public Protection Protection { get; set; }

    public DateOnly? ProtectionDay { get; set; }

    /// <summary>Cannot be vaccinated: she shows a certificate, and counts as protected.</summary>
    public bool Exempt { get; set; }

    Guid? IOfPatient.PatientOfRow => PatientId;
    Guid? IOfPatient.RecordOfRow => CaseId;
}
