namespace Platform.Patients.Contracts.FiscalCodes;

/// <summary>A part of a codice fiscale that does not agree with what the person declared.</summary>
public enum FiscalCodeMismatch
{
    FamilyName,
    GivenName,
    Sex,
    BirthDate,
    BirthPlace,
}
