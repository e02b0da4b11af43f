namespace Platform.Patients.Contracts.FiscalCodes;

/// <summary>The sex that the codice fiscale carries in the day of birth: a woman's day is increased by 40.</summary>
public enum Sex
{
    Male,
    Female,
}
