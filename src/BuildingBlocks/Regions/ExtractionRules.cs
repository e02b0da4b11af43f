namespace Platform.BuildingBlocks.Regions;

/// <summary>How coarse extractions for analysts are, and how long they can be had. Each line has its validity and its source; see
/// docs/region-pack.md.</summary>
public sealed record ExtractionRules(IReadOnlyList<ExtractionRule> Rules)
{
    /// <summary>People with the same traits, fewer than whom are not told apart.</summary>
    public const string SmallestGroup = "smallest_group";

    /// <summary>Years of a class of age.</summary>
    public const string AgeClassYears = "age_class_years";

    /// <summary>The last class of age begins here and has no end.</summary>
    public const string OldestFrom = "oldest_from";

    /// <summary>From when it is ready; then it is deleted.</summary>
    public const string DaysKept = "days_kept";

    internal static readonly (string What, int Least, int Most)[] All = [(SmallestGroup, 2, 1000), (AgeClassYears, 1, 20), (OldestFrom, 60, 110), (DaysKept, 1, 365)];

    public int Of(string what, DateOnly day) =>
        (Rules.FirstOrDefault(r => r.What == what && r.Valid.On(day)) ?? Rules.First(r => r.What == what && r.Valid.Until is null)).Value;
}

public sealed record ExtractionRule(string What, int Value, Validity Valid, string Source);

public static partial class RegionPack
{
    private static ExtractionRules ReadExtractions(string folder, List<string> errors)
    {
        var rules = Table(folder, "extraction_rules.csv", errors, r => new ExtractionRule(
            r.Choice("what", [.. ExtractionRules.All.Select(a => a.What)]), r.Number("value"), r.Valid(), r.Text("source", 300)));
        Overlaps(rules, "extraction_rules.csv", r => r.What, r => r.Valid, errors);
        foreach (var (what, least, most) in ExtractionRules.All)
        {
            foreach (var (rule, line) in rules.Where(r => r.Row.What == what && (r.Row.Value < least || r.Row.Value > most)))
                errors.Add($"extraction_rules.csv, line {line}: value of {what} is {rule.Value}, must be from {least} to {most}");
            if (!rules.Exists(r => r.Row.What == what && r.Row.Valid.Until is null))
                errors.Add($"extraction_rules.csv: no line of {what} that still holds");
        }

        return new(Rows(rules));
    }
}
