using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.Doses;

internal enum InjectionSite
{
    LeftDeltoid,
    RightDeltoid,
    LeftThigh,
    RightThigh,
}

/// <summary>A dose that a person was given, here or elsewhere. Two of the same order for one disease cannot stand: the database sees to it.</summary>
[Shows(FieldClass.Health, "Disease", "VaccineCode", "Kind", "LotNumber", "Site", "Elsewhere", "Category")]
[Shows(FieldClass.Identity, "Age", "Sex")]
[Shows(FieldClass.Care, "AslCode", "GpCode")]
[Shows(FieldClass.Work)]
internal sealed class GivenDose : IOfPatient
{
    /// <summary>Her doctor, the ASL of her home, the centre that gave it.</summary>
    public static readonly ScopeRule<GivenDose> Scope = new ScopeRule<GivenDose>()
        .By(ScopeKind.VaccinationCentre, d => d.CentreCode)
        .By(ScopeKind.Asl, d => d.AslCode)
        .By(ScopeKind.GpList, d => d.GpCode)
        .Opened(d => d.PatientId);

    public const int StandsLength = 60;
    public const int ElsewhereLength = 120;

    /// <summary>Made by the form: sent twice, it is one dose.</summary>
    public required Guid Id { get; init; }

    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;
    public required string Disease { get; init; }
    public required string VaccineCode { get; init; }
    public required DoseKind Kind { get; init; }

    /// <summary>Person, disease and kind while it stands; null once annulled.</summary>
    public string? Stands { get; set; }

    /// <summary>UTC; of a dose given elsewhere, noon of the day.</summary>
    public required DateTime GivenAt { get; init; }

    /// <summary>In the region's time.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Full years on that day, as the open data count; null where her birth is not known.</summary>
    public int? Age { get; init; }

    public Sex? Sex { get; init; }

    /// <summary>Null for one given elsewhere.</summary>
    public string? CentreCode { get; init; }

    public Guid? ArrivalId { get; init; }
    public Guid? LotId { get; init; }
    public string? LotNumber { get; init; }
    public InjectionSite? Site { get; init; }
    public required string GivenBy { get; init; }

    /// <summary>Country or place, and the paper that proves it.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>Category by which she came, as the open data count; null for her age.</summary>
    public string? Category { get; init; }

    /// <summary>Of hers when it was given.</summary>
    public string? AslCode { get; init; }

    public string? GpCode { get; init; }

    /// <summary>She stays so long after it; null where nobody observes.</summary>
    public DateTime? ObserveUntil { get; init; }

    public DateTime? ObservedAt { get; set; }
    public DateTime? AnnulledAt { get; set; }
    public string? WhyAnnulled { get; set; }

    /// <summary>Full years on a day.</summary>
    public static int? AgeOn(DateOnly day, DateOnly? born) => born is { } birth ? day.Year - birth.Year - (birth.AddYears(day.Year - birth.Year) > day ? 1 : 0) : null;

    public static string StandsOf(Guid patient, string disease, DoseKind kind) => $"{patient:N}|{disease}|{(int)kind}";
}

/// <summary>Something that befell her after a dose (AEFI), as it is reported to pharmacovigilance.</summary>
[Shows(FieldClass.Health, "Reactions", "Serious", "Criterion", "Outcome", "BeganAt", "Note")]
[Shows(FieldClass.Work)]
internal sealed class AdverseEvent : IOfPatient
{
    public const int TextLength = 2000;

    public required Guid Id { get; init; }
    public required Guid DoseId { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>Codes of the region's list, with blanks between.</summary>
    public required string Reactions { get; init; }

    public required bool Serious { get; init; }

    /// <summary>Why it is serious; null unless it is.</summary>
    public AdverseCriterion? Criterion { get; init; }

    public required AdverseOutcome Outcome { get; init; }
    public required DateTime BeganAt { get; init; }
    public string? Note { get; init; }
    public required string ReportedBy { get; init; }
    public required DateTime ReportedAt { get; init; }

    /// <summary>The file by which it went to the national network; null while it waits.</summary>
    public Guid? SentIn { get; init; }
}

/// <summary>As the national form has them (Scheda di segnalazione di sospetta reazione avversa, AIFA).</summary>
internal enum AdverseCriterion
{
    Death,
    Hospitalised,
    Disability,
    LifeThreatening,
    BirthDefect,
    OtherRelevant,
}

internal enum AdverseOutcome
{
    Unknown,
    Recovered,
    RecoveredWithSequelae,
    Improving,
    Unchanged,
    Died,
}

/// <summary>She has had the infection: it changes which dose is due to her, and when.</summary>
[Shows(FieldClass.Health, "Disease", "PositiveOn", "Source")]
internal sealed class Recovery : IOfPatient
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;
    public required string Disease { get; init; }

    /// <summary>Day of the first positive test.</summary>
    public required DateOnly PositiveOn { get; init; }

    /// <summary>A report of ours, or what she has shown.</summary>
    public required string Source { get; init; }
}
