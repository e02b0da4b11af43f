namespace Platform.BuildingBlocks.ExternalSignIn;

internal static class ProblemWords
{
    public static string Of(SignInProblem problem) => problem switch
    {
        SignInProblem.Unreachable => "Il servizio che deve riconoscerla non risponde. Riprovi tra qualche minuto, oppure usi un altro modo.",
        SignInProblem.Cancelled => "Ha annullato l’accesso: nulla è stato fatto.",
        SignInProblem.Declined => "Il servizio che deve riconoscerla non ha concluso l’accesso. Può riprovare.",
        SignInProblem.Stale => "Questo accesso è scaduto, oppure è già stato concluso. Lo ricominci.",
        SignInProblem.Untrusted => "La risposta del servizio che deve riconoscerla non è valida e per sicurezza non è stata accettata. Riprovi; se accade ancora, usi un altro modo e lo segnali.",
        SignInProblem.LevelTooLow => "Per questi dati serve un accesso di livello più alto: riprovi con il livello 2 o 3.",
        SignInProblem.NoFiscalCode => "Il servizio che l’ha riconosciuta non ha comunicato un codice fiscale italiano valido: usi un altro modo.",
        SignInProblem.TooMany => "Troppi tentativi di accesso: attenda un minuto e riprovi.",
        _ => "Accesso non riuscito.",
    };
}
