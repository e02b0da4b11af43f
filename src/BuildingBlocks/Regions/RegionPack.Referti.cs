namespace Platform.BuildingBlocks.Regions;

public static partial class RegionPack
{
    private static readonly string[] TestsAdvised = ["swab", "serology"];
    private static readonly string[] ResultsAdvised = ["detected", "not_detected", "inconclusive", "unsuitable", "annulled"];

    private static RefertiRules ReadReferti(string folder, List<(Facility Row, int Line)> facilities, List<string> errors)
    {
        var labs = facilities.Where(f => f.Row.Kind == FacilityKind.Lab).Select(f => f.Row.Code).Append(LabRule.Every).ToHashSet();
        var rules = Table(folder, "lab_rules.csv", errors, r => new LabRule(
            r.Known("lab", labs), r.YesNo("two_people"), r.Number("target_hours"), r.Valid(), r.Text("source", 200)));
        Overlaps(rules, "lab_rules.csv", r => r.Lab, r => r.Valid, errors);
        foreach (var (rule, line) in rules.Where(r => r.Row.TargetHours is < 1 or > 240))
            errors.Add($"lab_rules.csv, line {line}: target_hours is {rule.TargetHours}, must be from 1 to 240");
        if (!rules.Exists(r => r.Row.Lab == LabRule.Every && r.Row.Valid.Until is null))
            errors.Add($"lab_rules.csv: no line of {LabRule.Every} that still holds");
        var advice = Table(folder, "result_advice.csv", errors, r => new ResultAdvice(
            r.Choice("test", TestsAdvised), r.Choice("result", ResultsAdvised), r.Text("meaning", 600), r.Text("todo", 900),
            r.Text("meaning_en", 600), r.Text("todo_en", 900), r.Valid(), r.Text("source", 200)));
        Overlaps(advice, "result_advice.csv", a => $"{a.Test} {a.Result}", a => a.Valid, errors);
        foreach (var missing in TestsAdvised.SelectMany(t => ResultsAdvised.Select(r => $"{t} {r}"))
            .Except(advice.Where(a => a.Row.Valid.Until is null).Select(a => $"{a.Row.Test} {a.Row.Result}")))
        {
            errors.Add($"result_advice.csv: no line of {missing} that still holds");
        }

        return new(Rows(rules), Rows(advice));
    }
}
