namespace Platform.UserManagement.AuditLog;

/// <summary>How the log's words are said to people: Italian sentences, keys of their translations.</summary>
internal static class AuditWords
{
    public static string Of(string action) => action switch
    {
        "read" => "Lettura",
        "open" => "Apertura fuori ambito",
        "export" => "Esportazione",
        _ => "Scrittura",
    };

    /// <param name="fields">A class of fields, as the log has it.</param>
    public static string OfFields(string fields) => fields switch
    {
        "identity" => "Identità",
        "address" => "Indirizzo",
        "contacts" => "Recapiti",
        "care" => "Medico e tutori",
        "status" => "Positività",
        "health" => "Salute",
        "result" => "Esiti",
        _ => fields,
    };

    /// <param name="what">As <c>referti.OneReport</c>: the room says which kind of data was touched.</param>
    public static string KindOf(string what) => what.Split('.')[0] switch
    {
        "patients" => "Anagrafe",
        "testing" => "Tamponi",
        "referti" => "Referti",
        "notifications" => "Messaggi e avvisi",
        "users" => "Registro degli accessi",
        _ => "Altri dati",
    };
}
