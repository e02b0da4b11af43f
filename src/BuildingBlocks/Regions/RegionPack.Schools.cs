using System.Globalization;

namespace Platform.BuildingBlocks.Regions;

public static partial class RegionPack
{
    private static readonly string[] ProtectionGrounds = ["cycle", "booster", "recovery"];

    private static SchoolRules ReadSchoolRules(string folder, List<string> errors)
    {
        const string setFile = "school_rule_sets.csv";
        var levels = SchoolRules.Levels.ToHashSet();
        var sets = Table(folder, setFile, errors, r => new SchoolRuleSet(
            r.Text("set", 20), r.Several("levels", levels), r.Number("window_days"), r.Valid(), r.Text("source", 300)));
        foreach (var (set, line) in sets.Where(s => s.Row.WindowDays is < 1 or > 60))
            errors.Add($"{setFile}, line {line}: window_days is {set.WindowDays}, must be from 1 to 60");
        foreach (var level in SchoolRules.Levels)
            Successive([.. sets.Where(s => s.Row.Levels.Contains(level)).OrderBy(s => s.Row.Valid.From)], setFile, level, errors);
        foreach (var (set, line) in sets.Where(s => sets.First(t => t.Row.Code == s.Row.Code).Row.Valid != s.Row.Valid))
            errors.Add($"{setFile}, line {line}: {set.Code} holds on other days than on its first line");

        const string ruleFile = "school_rules.csv";
        var codes = sets.Select(s => s.Row.Code).ToHashSet();
        var rules = Table(folder, ruleFile, errors, r => new SchoolRule(
            r.Known("set", codes), r.Several("levels", levels), r.Choice("people", "pupils", "staff") == "staff",
            [.. r.Several("protection", [.. Enum.GetNames<Protection>().Select(n => n.ToLowerInvariant())]).Select(w => Enum.TryParse<Protection>(w, ignoreCase: true, out var p) ? p : default)],
            r.Number("cases_from"), r.OptionalNumber("cases_to"), r.Word<ClassMeasure>("class_measure"), r.Number("class_days"),
            r.Word<MeasureKind>("person_measure"), r.Number("days"), r.OptionalNumber("days_without_test"), r.TestDays("tests"), r.Word<CountedFrom>("counted_from"), r.Text("source", 300)));
        foreach (var (rule, line) in rules.Where(r => r.Row.CasesFrom < 1 || r.Row.CasesTo < r.Row.CasesFrom || r.Row.Days is < 0 or > 60 || r.Row.ClassDays is < 0 or > 60 || r.Row.DaysWithoutTest < r.Row.Days))
            errors.Add($"{ruleFile}, line {line}: cases from 1 upwards, days and class_days from 0 to 60, days_without_test not fewer than days");
        foreach (var (rule, line) in rules.Where(r => r.Row.Kind == MeasureKind.Surveillance && r.Row.Tests.Count == 0))
            errors.Add($"{ruleFile}, line {line}: a surveillance needs its tests");
        foreach (var set in sets)
        {
            foreach (var level in set.Row.Levels)
                Complete(rules, set, level, setFile, ruleFile, errors);
        }

        const string protectionFile = "school_protection.csv";
        var protections = Table(folder, protectionFile, errors, r => new ProtectionRule(
            r.Choice("gives", "protected", "cycle") == "cycle" ? Protection.Cycle : Protection.Protected, r.Choice("ground", ProtectionGrounds),
            r.Number("from_days"), r.OptionalNumber("until_days"), r.Valid(), r.Text("source", 300)));
        Overlaps(protections, protectionFile, p => $"{p.Gives} {p.Ground}", p => p.Valid, errors);
        foreach (var (rule, line) in protections.Where(p => p.Row.FromDays < 0 || p.Row.UntilDays < p.Row.FromDays))
            errors.Add($"{protectionFile}, line {line}: from_days is 0 at least, until_days not fewer");
        var tests = Table(folder, "school_tests.csv", errors, r => new TestDemand(r.Text("test", 4), r.Choice("demanded", "yes", "no") == "yes", r.Valid(), r.Text("source", 300)));
        Overlaps(tests, "school_tests.csv", t => t.Test, t => t.Valid, errors);
        return new(Rows(sets), Rows(rules), Rows(protections), Rows(tests));
    }

    /// <summary>Sets of one level follow each other day upon day.</summary>
    private static void Successive(List<(SchoolRuleSet Row, int Line)> sets, string file, string level, List<string> errors)
    {
        if (sets.Count == 0)
            errors.Add($"{file}: no set for {level}");
        foreach (var (earlier, later) in sets.Zip(sets.Skip(1)))
        {
            var day = later.Row.Valid.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (earlier.Row.Valid.Until is not { } end || end >= later.Row.Valid.From)
                errors.Add($"{file}, line {later.Line}: {level} has a set already by line {earlier.Line} on {day}");
            else if (end.AddDays(1) < later.Row.Valid.From)
                errors.Add($"{file}, line {later.Line}: {level} has no set on the days before {day}, after line {earlier.Line}");
        }
    }

    /// <summary>Each number of cases has one line for everybody, and one measure for the class.</summary>
    private static void Complete(List<(SchoolRule Row, int Line)> rules, (SchoolRuleSet Row, int Line) set, string level, string setFile, string file, List<string> errors)
    {
        var mine = rules.Where(r => r.Row.Set == set.Row.Code && r.Row.Levels.Contains(level)).ToList();
        foreach (var (staff, protection) in new[] { false, true }.SelectMany(s => Enum.GetValues<Protection>().Select(p => (s, p))))
        {
            var who = $"{set.Row.Code} {level} {(staff ? "staff" : "pupils")} {protection.ToString().ToLowerInvariant()}";
            int? next = 1;
            foreach (var (rule, line) in mine.Where(r => r.Row.OfStaff == staff && r.Row.Protections.Contains(protection)).OrderBy(r => r.Row.CasesFrom))
            {
                if (next is null || rule.CasesFrom < next)
                    errors.Add($"{file}, line {line}: {who} has another line for {rule.CasesFrom} cases");
                else if (rule.CasesFrom > next)
                    errors.Add($"{file}, line {line}: {who} has no line for {next} cases");
                next = rule.CasesTo + 1;
            }

            if (next is not null)
                errors.Add($"{setFile}, line {set.Line}: {who} has no line in {file} for {next} cases and more");
        }

        foreach (var (one, other) in mine.SelectMany(a => mine.Where(b => b.Line > a.Line).Select(b => (a, b))))
        {
            var meet = one.Row.CasesFrom <= (other.Row.CasesTo ?? int.MaxValue) && other.Row.CasesFrom <= (one.Row.CasesTo ?? int.MaxValue);
            if (meet && (one.Row.ClassMeasure, one.Row.ClassDays) != (other.Row.ClassMeasure, other.Row.ClassDays))
                errors.Add($"{file}, line {other.Line}: {set.Row.Code} {level} has another measure of the class on line {one.Line}");
        }
    }

    private sealed partial class PackRow
    {
        /// <summary><c>T0 T5</c>.</summary>
        public List<int> TestDays(string column)
        {
            var days = new List<int>();
            foreach (var word in (OptionalText(column, 40) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (word[0] == 'T' && int.TryParse(word[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day <= 60)
                    days.Add(day);
                else
                    Fail($"{column} has «{word}», must be as T0 or T10");
            }

            return days;
        }
    }
}
