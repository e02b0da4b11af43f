using Platform.BuildingBlocks.Localisation;

namespace Platform.Patients.Registry;

internal static class RegistryWords
{
    public static string Say(this RegistryField field, Texts texts) => texts[field switch
    {
        RegistryField.FamilyName => "Cognome",
        RegistryField.GivenName => "Nome",
        RegistryField.FiscalCode => "Codice fiscale",
        RegistryField.Sex => "Sesso",
        RegistryField.BirthDate => "Data di nascita",
        RegistryField.BirthPlace => "Luogo di nascita",
        RegistryField.Residence => "Comune di residenza",
        RegistryField.Address => "Indirizzo",
        RegistryField.Domicile => "Comune di domicilio",
        RegistryField.Death => "Data del decesso",
        _ => "Medico",
    }];
}
