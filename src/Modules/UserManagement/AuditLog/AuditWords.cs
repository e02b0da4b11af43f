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
