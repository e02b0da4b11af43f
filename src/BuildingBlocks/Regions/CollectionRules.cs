namespace Platform.BuildingBlocks.Regions;

/// <summary>Within which limits citizens fetch papers with a code. Each line has its validity and its source; see docs/region-pack.md.</summary>
public sealed record CollectionRules(IReadOnlyList<CollectionRule> Rules)
{
    /// <summary>Attempts with one code within the time that is counted.</summary>
    public const string OfCode = "attempts_of_code";

    /// <summary>Attempts from one network address: a family, or a ward, may be behind it.</summary>
    public const string OfAddress = "attempts_of_address";

    /// <summary>The time that is counted.</summary>
    public const string WindowMinutes = "attempts_minutes";

    /// <summary>How long the files of what was fetched can be asked for.</summary>
    public const string TicketMinutes = "ticket_minutes";

    /// <summary>From the printing of a report's code: the swab may still be taken, examined and corrected.</summary>
    public const string ReportCodeDays = "report_code_days";

    /// <summary>From a report's release.</summary>
    public const string ReportDays = "report_days";

    internal static readonly string[] All = [OfCode, OfAddress, WindowMinutes, TicketMinutes, ReportCodeDays, ReportDays];

    /// <summary>For how many days reports are on line, as things stand.</summary>
    public int ReportsOnLine => Of(ReportDays, DateOnly.MaxValue);

    /// <summary>The line that holds on the day, or the earliest for a day before all of them.</summary>
    public int Of(string limit, DateOnly day) =>
        (Rules.FirstOrDefault(r => r.Limit == limit && r.Valid.On(day)) ?? Rules.Where(r => r.Limit == limit).MinBy(r => r.Valid.From)!).Value;
}

public sealed record CollectionRule(string Limit, int Value, Validity Valid, string Source);

public static partial class RegionPack
{
    private static CollectionRules ReadCollection(string folder, List<string> errors)
    {
        const string file = "collection_limits.csv";
        var rules = Table(folder, file, errors, r => new CollectionRule(r.Choice("limit", CollectionRules.All), r.Number("value"), r.Valid(), r.Text("source", 250)));
        Overlaps(rules, file, r => r.Limit, r => r.Valid, errors);
        foreach (var (rule, line) in rules.Where(r => r.Row.Value is < 1 or > 1440))
            errors.Add($"{file}, line {line}: {rule.Limit} is {rule.Value}, must be from 1 to 1440");
        foreach (var missing in CollectionRules.All.Except(rules.Where(r => r.Row.Valid.Until is null).Select(r => r.Row.Limit)))
            errors.Add($"{file}: no line of {missing} that still holds");
        return new(Rows(rules));
    }
}
