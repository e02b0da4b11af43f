using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.Contracts;

/// <summary>A person as the other modules need to know her.</summary>
/// <param name="FiscalCode">Codice fiscale, 16 characters, upper case; null while only other identities are known.</param>
/// <param name="AslCode">Ministry code of the ASL in charge, by residence.</param>
/// <param name="ResidenceIstat">Municipality of residence, ISTAT six digits.</param>
/// <param name="GpCode">Regional code of the doctor whose list she is on today; null if on none.</param>
/// <param name="Email">Null if she gave none.</param>
public sealed record PatientSummary(
    Guid Id, string? FiscalCode, string FamilyName, string GivenName, Sex Sex, DateOnly BirthDate,
    string AslCode, string ResidenceIstat, string? GpCode, string? Email, string? Phone);

/// <summary>The person, if the asker may see her under <c>patients.read</c>.</summary>
/// <exception cref="BuildingBlocks.Failures.Refusal"><c>not-found</c> also when she is out of the asker's scope.</exception>
[Requires("patients.read")]
public sealed record VisiblePatient(Guid Id) : IQuery<VisiblePatientAnswer>;

public sealed record VisiblePatientAnswer(PatientSummary Patient) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Patient.Id];
}

/// <summary>The person whatever the asker's scope: for reactions and matching, never for a screen.</summary>
/// <returns>Null if there is none.</returns>
[BetweenModules]
public sealed record PatientById(Guid Id) : IQuery<PatientSummary?>;

/// <summary>Who it may be, for matching a report: everybody with that codice fiscale, or, when it is null,
/// with that name and birth date (accents and case folded). Never only the first.</summary>
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

public sealed record PatientsLikeAnswer(IReadOnlyList<PatientSummary> Patients) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Patients.Select(p => p.Id);
}
