using Platform.BuildingBlocks.Security;

namespace Platform.Schools.People;

internal enum SchoolPart
{
    Pupil,
    Teacher,

    /// <summary>Not teaching: office, caretakers, canteen, transport.</summary>
    Staff,
}

/// <summary>Somebody belongs to a school, and to a class of it, from a day to a day.</summary>
internal sealed class SchoolLink : IOfPatient
{
    public static readonly ScopeRule<SchoolLink> Scope = new ScopeRule<SchoolLink>()
        .By(ScopeKind.Asl, l => l.AslCode)
        .When(ScopeKind.School, (l, code) => l.SchoolCode == code || l.InstituteCode == code);

    public required Guid Id { get; init; }
    public required Guid PatientId { get; set; }
    public required SchoolPart Part { get; init; }
    public required string SchoolCode { get; init; }

    /// <summary>Null for staff of the whole school.</summary>
    public Guid? ClassId { get; init; }

    /// <inheritdoc cref="Register.School.InstituteCode"/>
    public string? InstituteCode { get; set; }

    /// <summary>Of the school.</summary>
    public required string AslCode { get; set; }

    public required DateOnly From { get; init; }

    /// <summary>The last day; null while it lasts.</summary>
    public DateOnly? Until { get; set; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    public bool HoldsOn(DateOnly day) => From <= day && (Until is null || day <= Until);
}
