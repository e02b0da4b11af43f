using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.Contracts;

/// <summary>A person as the other modules need to know her.</summary>
/// <param name="FiscalCode">Codice fiscale, 16 characters, upper case; null while only other identities are known.</param>
/// <param name="AslCode">Ministry code of the ASL of her residence.</param>
/// <param name="ResidenceIstat">Municipality of residence, ISTAT six digits.</param>
/// <param name="GpCode">Regional code of the doctor whose list she is on today; null if on none.</param>
/// <param name="Email">Null if she gave none.</param>
[Shows(FieldClass.Identity, "FiscalCode", "FamilyName", "GivenName", "Sex", "BirthDate", "OtherCodes", "DiedOn")]
[Shows(FieldClass.Address, "ResidenceIstat", "DomicileIstat", "Address")]
[Shows(FieldClass.Contacts, "Email", "Phone")]
[Shows(FieldClass.Care, "GpCode")]
[Shows(FieldClass.Work, "AslCode", "OtherAsls")]
public sealed record PatientSummary(
    Guid Id, string? FiscalCode, string FamilyName, string GivenName, Sex Sex, DateOnly BirthDate,
    string AslCode, string ResidenceIstat, string? GpCode, string? Email, string? Phone)
{
    /// <summary>STP, ENI, provisional and former codes: all that something about her may be written with, beside the codice fiscale.</summary>
    public IReadOnlyList<string> OtherCodes { get; init; } = [];

    /// <summary>ASLs that see her too: that of her domicile, and those of grants that hold today.</summary>
    public IReadOnlyList<string> OtherAsls { get; init; } = [];

    /// <summary>Where she lives in fact, ISTAT six digits; null when it is where she resides.</summary>
    public string? DomicileIstat { get; init; }

    /// <summary>Street and number of her residence; null when not known.</summary>
    public string? Address { get; init; }

    /// <summary>Null while she lives.</summary>
    public DateOnly? DiedOn { get; init; }

    /// <summary>Nothing new is begun for the dead: for use cases that would.</summary>
    /// <exception cref="Refusal"><c>patient-died</c>.</exception>
    public void CheckAlive()
    {
        if (DiedOn is not null)
            throw new Refusal("patient-died", "Questa persona è deceduta.");
    }

    // Lists are equal by what they hold.
    public bool Equals(PatientSummary? other) =>
        other is not null && (Id, FiscalCode, FamilyName, GivenName, Sex, BirthDate) == (other.Id, other.FiscalCode, other.FamilyName, other.GivenName, other.Sex, other.BirthDate)
        && (AslCode, ResidenceIstat, GpCode, Email, Phone, DomicileIstat, Address, DiedOn) == (other.AslCode, other.ResidenceIstat, other.GpCode, other.Email, other.Phone, other.DomicileIstat, other.Address, other.DiedOn)
        && OtherCodes.SequenceEqual(other.OtherCodes) && OtherAsls.SequenceEqual(other.OtherAsls);

    public override int GetHashCode() => Id.GetHashCode();
}

/// <summary>The person, if the asker may see her under <c>patients.read</c>.</summary>
/// <exception cref="Refusal"><c>not-found</c> also when she is out of the asker's scope.</exception>
[Requires("patients.read")]
public sealed record VisiblePatient(Guid Id) : IQuery<VisiblePatientAnswer>;

[Shows(FieldClass.Work)]
public sealed record VisiblePatientAnswer(PatientSummary Patient) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Patient.Id];
}

/// <summary>The person whatever the asker's scope: for reactions and matching, never for a screen. The id of a record
/// that was merged answers with the survivor, whose id the answer has.</summary>
/// <returns>Null if there is none.</returns>
[BetweenModules]
public sealed record PatientById(Guid Id) : IQuery<PatientSummary?>;

/// <summary>Who it may be, for matching a report: everybody with that codice fiscale, or, when it is null,
/// with that name and birth date (accents and case folded). Never only the first.</summary>
/// <param name="FiscalCode">Or any other code by which she is or was known: STP, ENI, provisional, a former codice fiscale.</param>
[BetweenModules]
public sealed record PatientsByIdentity(string? FiscalCode, string? FamilyName, string? GivenName, DateOnly? BirthDate)
    : IQuery<IReadOnlyList<PatientSummary>>;

/// <summary>The ids of everybody whose code, names or birth date begin so, whatever the asker's scope: for the lists of other modules,
/// which show rows within their own scope only.</summary>
/// <returns>Null when they are more than <see cref="AtMost"/>: then the list looks among its own rows.</returns>
[BetweenModules]
public sealed record PeopleNamed(string Text) : IQuery<IReadOnlyList<Guid>?>
{
    public const int AtMost = 2000;
}

/// <summary>People whose code, name or birth date begins so, within the asker's scope under <c>patients.read</c>;
/// twenty at most, for pickers.</summary>
[Requires("patients.read")]
public sealed record PatientsLike(string Text) : IQuery<PatientsLikeAnswer>;

[Shows(FieldClass.Work)]
public sealed record PatientsLikeAnswer(IReadOnlyList<PatientSummary> Patients) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Patients.Select(p => p.Id);
}
