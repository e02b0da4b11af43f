namespace Platform.BuildingBlocks.Regions;

/// <summary>How long what is of no lasting use is kept. Each line has its validity and its source; see docs/region-pack.md.</summary>
public sealed record Retention(IReadOnlyList<RetentionRule> Rules)
{
    /// <summary>The cells of rows that an import refused.</summary>
    public const string RefusedRows = "import_refused_rows";

    /// <summary>Who signed in, when and from where.</summary>
    public const string SignIns = "sign_ins";

    /// <summary>Mails that went or failed.</summary>
    public const string Mails = "mails";

    /// <summary>Events between modules that all have heard.</summary>
    public const string DeliveredEvents = "delivered_events";

    /// <summary>Lines of the audit, by whole months: they leave for a file.</summary>
    public const string AuditLines = "audit_lines";

    /// <summary>Messages in the inbox of operators.</summary>
    public const string InboxMessages = "inbox_messages";

    /// <summary>What laboratories sent, once no report comes of it.</summary>
    public const string LabMessages = "lab_messages";

    public const string Reports = "reports";
    public const string SwabRequests = "swab_requests";

    /// <summary>Antigen tests at the point of care.</summary>
    public const string QuickSwabs = "quick_swabs";

    /// <summary>Whose negative tests were, in the encrypted archive.</summary>
    public const string QuickSwabArchive = "quick_swab_archive";

    /// <summary>What offices and doctors wrote to each other, from the last word.</summary>
    public const string Conversations = "conversations";

    /// <summary>Bookings of vaccinations of which no dose came.</summary>
    public const string VaccinationBookings = "vaccination_bookings";

    /// <summary>Doses with what belongs to them: nobody forgets them.</summary>
    public const string Vaccinations = "vaccinations";

    /// <summary>Certificates, from the end of the validity that their signature gives them, with what they came from.</summary>
    public const string Certificates = "certificates";

    /// <summary>Who belonged to which school and class, what schools reported, and what was decided on their classes.</summary>
    public const string Schools = "schools";

    /// <summary>Accounts, from their closing.</summary>
    public const string Accounts = "accounts";

    /// <summary>People of the registry, from their death, of whom nothing else is held.</summary>
    public const string People = "people";

    /// <summary>In the order in which they are applied.</summary>
    public static readonly IReadOnlyList<string> All =
        [RefusedRows, SignIns, Mails, InboxMessages, DeliveredEvents, Reports, LabMessages, QuickSwabs, QuickSwabArchive, SwabRequests, Conversations, VaccinationBookings, Vaccinations, Certificates, Schools, People, Accounts, AuditLines];

    /// <returns>Null for what has no term: it may not be erased.</returns>
    public int? DaysOf(string what, DateOnly day) =>
        (Rules.FirstOrDefault(r => r.What == what && r.Valid.On(day)) ?? Rules.First(r => r.What == what && r.Valid.Until is null)).Days;
}

/// <param name="Days">Null where the law lets nobody erase it: the source says which.</param>
public sealed record RetentionRule(string What, int? Days, Validity Valid, string Source);

public static partial class RegionPack
{
    /// <summary>Forty years: what is kept longer has no term.</summary>
    private const int LongestTerm = 14_610;

    private static Retention ReadRetention(string folder, List<string> errors)
    {
        var rules = Table(folder, "retention.csv", errors, r => new RetentionRule(
            r.Choice("what", [.. Retention.All]), r.OptionalNumber("days"), r.Valid(), r.Text("source", 300)));
        Overlaps(rules, "retention.csv", r => r.What, r => r.Valid, errors);
        foreach (var (rule, line) in rules.Where(r => r.Row.Days is < 1 or > LongestTerm))
            errors.Add($"retention.csv, line {line}: days is {rule.Days}, must be from 1 to {LongestTerm}");
        foreach (var missing in Retention.All.Except(rules.Where(r => r.Row.Valid.Until is null).Select(r => r.Row.What)))
            errors.Add($"retention.csv: no line of {missing} that still holds");
        return new(Rows(rules));
    }
}
