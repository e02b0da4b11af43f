using Platform.BuildingBlocks.Localisation;

namespace Platform.Patients.Facts;

internal static class FactWords
{
    public static string Say(this PatientFact fact, Texts texts) => texts[fact.Kind switch
    {
        FactKind.CodeGiven => "Nuovo codice: {0}, valido dal {1}",
        FactKind.CodeRenewed => "Codice {0} rinnovato fino al {1}",
        FactKind.FiscalCodeGiven => "Codice fiscale attribuito",
        FactKind.FiscalCodeChanged => "Codice fiscale cambiato: prima era {0}",
        FactKind.DataCorrected => "Dati anagrafici corretti: prima {0}",
        FactKind.Moved => "Cambio di residenza: da {0} a {1}",
        FactKind.DomicileDeclared => "Domicilio dichiarato: {0}",
        FactKind.DomicileEnded => "Domicilio tolto: vale la residenza",
        FactKind.AslChanged => "Passaggio di ASL: da {0} a {1}",
        FactKind.ListEnded => "Fine dell'assistenza di {0}: ultimo giorno {1}",
        FactKind.RecordMerged => "Unita la scheda doppia di {0}: {1}",
        FactKind.TieNoted => "Legame annotato: {0}, {1}",
        FactKind.TieEnded => "Legame finito: {0}, {1}",
        FactKind.GrantMade => "Resa visibile a {0} dal {1} al {2}: {3}",
        FactKind.GrantRevoked => "Visibilità revocata a {0}: {1}",
        FactKind.GrantAsked => "Visibilità richiesta da {0} dal {1} al {2}",
        FactKind.GrantRefused => "Visibilità rifiutata a {0}: {1}",
        FactKind.Died => "Decesso registrato: {0}",
        FactKind.DeathWithdrawn => "Registrazione del decesso annullata: {0}",
        _ => "Dati allineati al registro regionale: {0}",
    }, [.. fact.ArgumentsOf()]];
}
