using System.Globalization;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Regions;

public static partial class RegionPack
{
    /// <summary>The tests that the platform knows; which are offered, and with what specimen, is data.</summary>
    private static readonly string[] Tests = ["molecular", "antigen", "serology", "saliva"];

    private static readonly string[] LimitNames = ["lost_after_days", "pool_at_most", "notice_minutes"];

    private static readonly string[] ProposingRoles = ["gp", "paediatrician", "secretary", "usca"];

    private static SwabRules ReadSwabs(string folder, List<string> errors)
    {
        var symptoms = Table(folder, "symptoms.csv", errors, r => new Symptom(
            r.Text("code", 10), r.Text("name", 60), r.Text("name_en", 60), r.Valid(), r.Text("source", 200)));
        Overlaps(symptoms, "symptoms.csv", s => s.Code, s => s.Valid, errors);
        var specimens = Table(folder, "specimens.csv", errors, r => new Specimen(
            r.Choice("test", Tests), r.Text("name", 60), r.Text("name_en", 60), r.Text("label", 12), r.YesNo("poolable"), r.Valid(), r.Text("source", 200)));
        Overlaps(specimens, "specimens.csv", s => s.Test, s => s.Valid, errors);
        var known = specimens.Select(s => s.Row.Test).ToHashSet();
        var reasons = Table(folder, "swab_reasons.csv", errors, r => new SwabReason(
            r.Text("code", 40), r.Text("name", 80), r.Text("name_en", 80), r.Text("criterion", 60), r.Text("criterion_en", 60),
            r.Number("priority"), r.Several("test_types", known), r.Word<SymptomsDemand>("symptoms"),
            [.. r.Several("proposed_by", [.. ProposingRoles], orNone: true).Select(w => Enum.TryParse<Role>(w, ignoreCase: true, out var role) ? role : default)],
            r.Valid(), r.Text("source", 200)));
        Overlaps(reasons, "swab_reasons.csv", s => s.Code, s => s.Valid, errors);
        foreach (var (reason, line) in reasons.Where(r => r.Row.Priority is < 1 or > 9))
            errors.Add($"swab_reasons.csv, line {line}: priority is {reason.Priority}, must be from 1 (first) to 9");
        var sizes = Table(folder, "label_sizes.csv", errors, r => new LabelSize(
            r.Text("code", 20), r.Number("width_mm"), r.Number("height_mm"), r.Text("source", 200)));
        Unique(sizes, "label_sizes.csv", "code", s => s.Code, errors);
        foreach (var (size, line) in sizes.Where(s => s.Row.WidthMm is < 40 or > 150 || s.Row.HeightMm is < 20 or > 150))
            errors.Add($"label_sizes.csv, line {line}: {size.WidthMm} × {size.HeightMm} mm: a label is 40 to 150 mm wide and 20 to 150 mm high");
        if (sizes.Count == 0)
            errors.Add("label_sizes.csv: one size at least, the first is the usual one");
        var limits = Table(folder, "swab_limits.csv", errors, r => new SwabLimit(r.Choice("limit", LimitNames), r.Number("value"), r.Valid(), r.Text("source", 200)));
        Overlaps(limits, "swab_limits.csv", s => s.Name, s => s.Valid, errors);
        foreach (var name in LimitNames.Except(limits.Where(l => l.Row.Valid.Until is null).Select(l => l.Row.Name)))
            errors.Add($"swab_limits.csv: no line of {name} that still holds");
        return new(Rows(reasons), Rows(symptoms), Rows(specimens), Rows(sizes), Rows(limits));
    }

    /// <summary>On one day one line of a key holds, never two.</summary>
    private static void Overlaps<T>(List<(T Row, int Line)> table, string file, Func<T, string> key, Func<T, Validity> valid, List<string> errors)
    {
        foreach (var same in table.GroupBy(t => key(t.Row)))
        {
            foreach (var (earlier, later) in same.OrderBy(t => valid(t.Row).From).Zip(same.OrderBy(t => valid(t.Row).From).Skip(1)))
            {
                if (valid(earlier.Row).Until is not { } end || end >= valid(later.Row).From)
                    errors.Add($"{file}, line {later.Line}: {same.Key} holds already by line {earlier.Line} on {valid(later.Row).From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
            }
        }
    }

    private sealed partial class PackRow
    {
        public Validity Valid()
        {
            var from = Day("valid_from") ?? default;
            var until = Day("valid_until", orNone: true);
            if (until < from)
                Fail("valid_until is before valid_from");
            return new(from, until);
        }

        public bool YesNo(string column) => Choice(column, "yes", "no") == "yes";

        public string[] Several(string column, HashSet<string> known, bool orNone = false)
        {
            var words = (csv.TryGetField<string>(column, out var value) ? value ?? "" : Fail($"no column {column}"))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 && !orNone)
                Fail($"{column} is empty");
            foreach (var word in words.Where(w => !known.Contains(w)))
                Fail($"{column} has «{word}», must be of {string.Join(", ", known)}");
            return words;
        }

        private DateOnly? Day(string column, bool orNone = false)
        {
            var text = csv.TryGetField<string>(column, out var value) ? value ?? "" : Fail($"no column {column}");
            if (text.Length == 0 && orNone)
                return null;
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                Fail($"{column} is «{text}», must be a day such as 2021-09-01");
            return day;
        }
    }
}
