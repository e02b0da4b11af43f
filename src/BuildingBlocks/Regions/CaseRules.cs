namespace Platform.BuildingBlocks.Regions;

/// <summary>What the region decides about cases. Each line has its validity and its source; see docs/region-pack.md.</summary>
public sealed record CaseRules(IReadOnlyList<CaseLimit> Limits)
{
    /// <summary>For so many days after her last positive report somebody counts as positive, unless a negative one comes first.</summary>
    public const string PositiveDays = "positive_days";

    internal static readonly string[] All = [PositiveDays];

    /// <returns>Null where no line holds on that day: then only a negative report ends it.</returns>
    public int? Of(string name, DateOnly day) => Limits.FirstOrDefault(l => l.Name == name && l.Valid.On(day))?.Value;
}

public sealed record CaseLimit(string Name, int Value, Validity Valid, string Source);

public static partial class RegionPack
{
    private static CaseRules ReadCases(string folder, List<string> errors)
    {
        var limits = Table(folder, "case_limits.csv", errors, r => new CaseLimit(r.Choice("limit", CaseRules.All), r.Number("value"), r.Valid(), r.Text("source", 300)));
        Overlaps(limits, "case_limits.csv", l => l.Name, l => l.Valid, errors);
        foreach (var (limit, line) in limits.Where(l => l.Row.Value is < 1 or > 365))
            errors.Add($"case_limits.csv, line {line}: value is {limit.Value}, must be from 1 to 365");
        return new(Rows(limits));
    }
}
