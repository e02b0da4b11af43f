using Platform.BuildingBlocks.Regions;

namespace Platform.UserManagement.RetentionRuns;

internal static class RetentionWords
{
    public static string Of(string what) => what switch
    {
        Retention.RefusedRows => "Contenuto delle righe respinte nelle importazioni",
        Retention.SignIns => "Accessi degli utenti, riusciti e falliti",
        Retention.Mails => "Messaggi di posta elettronica spediti o non riusciti",
        Retention.InboxMessages => "Messaggi agli operatori",
        Retention.Reports => "Referti, con versioni e consegne",
        Retention.LabMessages => "Messaggi dei laboratori senza più un referto",
        Retention.SwabRequests => "Richieste di tampone concluse",
        Retention.People => "Persone decedute di cui non resta altro",
        Retention.Conversations => "Scambi tra SISP e medici, dall’ultimo messaggio",
        Retention.VaccinationBookings => "Prenotazioni di vaccinazioni senza alcuna dose, e attese di un posto concluse",
        Retention.Vaccinations => "Dosi, con questionario, consenso, eventi avversi e guarigioni",
        Retention.Accounts => "Utenti disattivati",
        Retention.AuditLines => "Registro degli accessi, per mesi interi, verso un archivio",
        _ => "Eventi tra i moduli già consegnati",
    };
}
