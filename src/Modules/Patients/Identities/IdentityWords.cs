using Platform.BuildingBlocks.Localisation;
using Platform.Patients.Contracts;

namespace Platform.Patients.Identities;

internal static class IdentityWords
{
    public static string Say(this IdentityKind kind, Texts texts) => texts[kind switch
    {
        IdentityKind.Stp => "Codice STP",
        IdentityKind.Eni => "Codice ENI",
        IdentityKind.NumericCode => "Codice fiscale numerico provvisorio",
        IdentityKind.Provisional => "Codice provvisorio della piattaforma",
        _ => "Codice fiscale precedente",
    }];
}
