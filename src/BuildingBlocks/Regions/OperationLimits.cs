namespace Platform.BuildingBlocks.Regions;

/// <summary>From when on something in the running installation is an alarm. Each line has its validity and its source; see docs/region-pack.md.</summary>
public sealed record OperationLimits(IReadOnlyList<OperationLimit> Rules)
{
    /// <summary>Age in minutes of the oldest event that waits to be delivered.</summary>
    public const string OutboxMinutes = "outbox_minutes";

    /// <summary>Minutes after which a job that should have run is late.</summary>
    public const string JobMinutes = "job_late_minutes";

    /// <summary>Per cent of a disk that are free.</summary>
    public const string DiskPercent = "disk_free_percent";

    /// <summary>Days before a certificate ends.</summary>
    public const string ExpiryDays = "certificate_days";

    /// <summary>Minutes that a mail has been waiting for.</summary>
    public const string MailMinutes = "mail_minutes";

    /// <summary>Sign-ins refused within a quarter of an hour, of everybody.</summary>
    public const string RefusedSignIns = "refused_sign_ins";

    /// <summary>People's rows that one account looked at within an hour.</summary>
    public const string LooksOfOne = "looks_of_one";

    /// <summary>People opened outside a scope within an hour, by everybody.</summary>
    public const string Openings = "openings";

    internal static readonly string[] All = [OutboxMinutes, JobMinutes, DiskPercent, ExpiryDays, MailMinutes, RefusedSignIns, LooksOfOne, Openings];

    public int Of(string what, DateOnly day) =>
        (Rules.FirstOrDefault(r => r.What == what && r.Valid.On(day)) ?? Rules.First(r => r.What == what && r.Valid.Until is null)).Limit;
}

public sealed record OperationLimit(string What, int Limit, Validity Valid, string Source);

public static partial class RegionPack
{
    private static OperationLimits ReadOperationLimits(string folder, List<string> errors)
    {
        var rules = Table(folder, "operation_limits.csv", errors, r => new OperationLimit(
            r.Choice("what", OperationLimits.All), r.Number("limit"), r.Valid(), r.Text("source", 300)));
        Overlaps(rules, "operation_limits.csv", r => r.What, r => r.Valid, errors);
        foreach (var (rule, line) in rules.Where(r => r.Row.Limit is < 1 or > 100_000))
            errors.Add($"operation_limits.csv, line {line}: limit is {rule.Limit}, must be from 1 to 100000");
        foreach (var missing in OperationLimits.All.Except(rules.Where(r => r.Row.Valid.Until is null).Select(r => r.Row.What)))
            errors.Add($"operation_limits.csv: no line of {missing} that still holds");
        return new(Rows(rules));
    }
}
