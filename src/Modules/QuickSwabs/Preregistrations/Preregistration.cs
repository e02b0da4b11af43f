using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.QuickSwabs.Preregistrations;

/// <summary>What somebody said of herself at home, so that the desk need not type it. Sealed in the database, and gone after some days or once it was used.</summary>
[Shows(FieldClass.Work)]
internal sealed class Preregistration : IOfPatient
{
    public const int NameLength = 80;

    public required Guid Id { get; init; }

    /// <summary>Of the code in her square, with which she also fetches the result.</summary>
    public required string CodeHash { get; init; }

    /// <summary>All that she said, as JSON.</summary>
    public required string Said { get; set; }

    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }

    /// <summary>The test that it became.</summary>
    public Guid? SwabId { get; set; }

    /// <summary>Known once the desk has looked at her documents.</summary>
    public Guid? PatientId { get; set; }

    Guid? IOfPatient.PatientOfRow => PatientId;
    Guid? IOfPatient.RecordOfRow => Id;
}

/// <summary>As it is sealed.</summary>
internal sealed record SaidOfHerself(
    string FiscalCode, string FamilyName, string GivenName, DateOnly BirthDate, string? Residence, string? Email, string? Phone, bool Symptoms, DateOnly? SymptomsSince, bool Link);
