namespace Platform.Patients.Holds;

internal static class HoldWords
{
    public static string Of(HoldKind kind) => kind switch
    {
        HoldKind.Litigation => "Contenzioso",
        HoldKind.CareInProgress => "Cure in corso",
        _ => "Richiesta della persona",
    };
}
