using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

/// <summary>How the log's words are said to people: Italian sentences, keys of their translations.</summary>
internal static class AuditWords
{
    public static string Of(string action) => action switch
    {
        "read" => "Lettura",
        "open" => "Apertura fuori ambito",
        "export" => "Esportazione",
        "delete" => "Cancellazione a fine termine",
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

    /// <summary>Each as <c>Sisp/Asl/010301</c>, with blanks between, in words.</summary>
    public static string RolesOf(string? actingAs, ScopeNames names) => string.Join("; ", (actingAs ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split('/')).Select(a =>
        a is [var role, var kind, var code] && Enum.TryParse<Role>(role, out var held) && Enum.TryParse<ScopeKind>(kind, out var scope)
            ? $"{names.Of(held)}, {names.Of(new Scope(scope, code))}" : string.Join('/', a)));

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
