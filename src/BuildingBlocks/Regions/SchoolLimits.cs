namespace Platform.BuildingBlocks.Regions;

/// <summary>From how many absences a class is reported, how far back its contacts go, how often families are reminded. Each line has its validity and its source; see
/// docs/region-pack.md.</summary>
public sealed record SchoolLimits(IReadOnlyList<SchoolLimit> Limits)
{
    /// <summary>Of a hundred pupils of a class, so many absent on one day are reported.</summary>
    public const string AbsencePercent = "absence_percent";

    /// <summary>Who was in class with the case in so many hours before.</summary>
    public const string ContactHours = "contact_hours";

    /// <summary>Days after which a family that has not answered is reminded.</summary>
    public const string ReminderDays = "reminder_days";

    /// <summary>How often at most.</summary>
    public const string RemindersMost = "reminders_most";

    internal static readonly string[] All = [AbsencePercent, ContactHours, ReminderDays, RemindersMost];

    public int Of(string name, DateOnly day) =>
        (Limits.FirstOrDefault(l => l.Name == name && l.Valid.On(day)) ?? Limits.First(l => l.Name == name && l.Valid.Until is null)).Value;
}

public sealed record SchoolLimit(string Name, int Value, Validity Valid, string Source);

public static partial class RegionPack
{
    private static SchoolLimits ReadSchoolLimits(string folder, List<string> errors)
    {
        var limits = Table(folder, "school_limits.csv", errors, r => new SchoolLimit(r.Choice("limit", SchoolLimits.All), r.Number("value"), r.Valid(), r.Text("source", 300)));
        Overlaps(limits, "school_limits.csv", l => l.Name, l => l.Valid, errors);
        foreach (var (limit, line) in limits.Where(l => l.Row.Value < 1 || l.Row.Value > (l.Row.Name == SchoolLimits.AbsencePercent ? 100 : 336)))
            errors.Add($"school_limits.csv, line {line}: {limit.Name} is {limit.Value}, must be from 1 to {(limit.Name == SchoolLimits.AbsencePercent ? 100 : 336)}");
        foreach (var name in SchoolLimits.All.Except(limits.Where(l => l.Row.Valid.Until is null).Select(l => l.Row.Name)))
            errors.Add($"school_limits.csv: no line of {name} that still holds");
        return new(Rows(limits));
    }
}
