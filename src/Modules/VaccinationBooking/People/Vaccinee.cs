using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.VaccinationBooking.People;

/// <summary>What booking has to know of a person of the registry: her own copy here, kept by what the registry tells, so that
/// a crowd is recognised without asking another room.</summary>
[Shows(FieldClass.Identity, "FiscalCode", "FamilyName", "GivenName", "BirthDate", "Sex", "CardDigest")]
[Shows(FieldClass.Address, "MunicipalityIstat")]
[Shows(FieldClass.Care, "AslCode", "GpCode")]
[Shows(FieldClass.Work)]
internal sealed class Vaccinee : IOfPatient, ICopyOfRegistry
{
    /// <summary>Her doctor and the ASL in charge of her.</summary>
    public static readonly ScopeRule<Vaccinee> Scope = new ScopeRule<Vaccinee>()
        .By(ScopeKind.Asl, v => v.AslCode)
        .By(ScopeKind.GpList, v => v.GpCode)
        .Opened(v => v.PatientId);

    public const int NameLength = 80;

    public required Guid PatientId { get; init; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>Or the code in its place (STP, ENI); null while the registry knows none.</summary>
    public string? FiscalCode { get; set; }

    public string FamilyName { get; set; } = "";
    public string GivenName { get; set; } = "";
    public DateOnly? BirthDate { get; set; }
    public Sex? Sex { get; set; }

    /// <summary>Of residence, ISTAT.</summary>
    public string? MunicipalityIstat { get; set; }

    public string? AslCode { get; set; }
    public string? GpCode { get; set; }
    public bool Deceased { get; set; }

    /// <summary>Of the last thirteen digits of her health card (<see cref="HealthCard"/>); null while no list has brought it.</summary>
    public string? CardDigest { get; set; }
}

/// <summary>She belongs to a category of a campaign (health worker, frail, carer) by an official list or by her doctor's word.</summary>
internal sealed class VaccineeCategory : IOfPatient
{
    public const int CategoryLength = 40;

    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>Code of the region's list, <c>vaccination_categories.csv</c>.</summary>
    public required string Category { get; init; }

    /// <summary>Who said so: the import, the doctor.</summary>
    public required string Source { get; init; }

    public required DateTime NotedAt { get; init; }
}
