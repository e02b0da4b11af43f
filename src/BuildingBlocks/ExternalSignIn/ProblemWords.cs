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
        SignInProblem.CardMissing => "Nessuna carta è stata letta. La metta nel lettore, chiuda e riapra il browser e riprovi: il browser le chiede di scegliere il certificato e di scrivere il PIN. Se non lo chiede, manca il programma della carta.",
        SignInProblem.CardOfAnotherKind => "Il certificato scelto non è quello di una Carta Nazionale dei Servizi o di una Tessera Sanitaria con il codice fiscale. Chiuda e riapra il browser, riprovi e scelga il certificato di autenticazione, non quello di firma.",
        SignInProblem.CardUntrusted => "Chi ha rilasciato questo certificato non è tra gli enti accreditati per la Carta Nazionale dei Servizi. Usi un altro modo; se la carta è una CNS, lo segnali.",
        SignInProblem.CardExpired => "La sua carta è scaduta o non è più abbastanza sicura. Usi un altro modo e ne chieda una nuova a chi l’ha rilasciata.",
        SignInProblem.CardRevoked => "La sua carta è stata revocata o sospesa. Usi un altro modo e si rivolga a chi l’ha rilasciata.",
        SignInProblem.CardUnchecked => "In questo momento non si può controllare se la sua carta sia ancora valida. Riprovi tra qualche minuto, oppure usi un altro modo.",
        _ => "Accesso non riuscito.",
    };
}
