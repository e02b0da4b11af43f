using System.Globalization;

namespace Platform.BuildingBlocks.Regions;

public static partial class RegionPack
{
    private static readonly string[] PlaceKinds = ["hub", "hospital", "pharmacy", "doctor", "mobile_team", "home_visits"];

    private static readonly string[] DueWords = ["after-infection", "booster", "second-booster", "third-booster"];
    private static readonly string[] YesNo = ["yes", "no"];

    private static VaccinationRules ReadVaccination(string folder, HashSet<string> asls, HashSet<string> municipalities, List<string> errors)
    {
        var vaccines = Table(folder, "vaccines.csv", errors, r => new Vaccine(
            r.Text("code", 20), r.Text("name", 80), r.Text("producer", 60), r.Text("disease", 20), r.Number("doses"), r.Number("doses_per_vial"), r.Number("hours_open"), r.Number("from_age"),
            r.OptionalNumber("to_age"), r.Valid(), r.Text("source", 200)));
        Overlaps(vaccines, "vaccines.csv", v => v.Code, v => v.Valid, errors);
        foreach (var (vaccine, line) in vaccines.Where(v => v.Row.Doses is < 1 or > 2 || v.Row.DosesPerVial < 1 || v.Row.HoursOpen < 1))
            errors.Add($"vaccines.csv, line {line}: {vaccine.Code} must have 1 or 2 doses, a dose in a vial and an hour to use it at least");
        var known = vaccines.Select(v => v.Row.Code).ToHashSet();
        var intervals = Table(folder, "vaccine_intervals.csv", errors, r => new DoseInterval(
            r.Known("vaccine", known), r.Number("least_days"), r.Number("days"), r.Number("most_days"), r.Valid(), r.Text("source", 200)));
        Overlaps(intervals, "vaccine_intervals.csv", i => i.Vaccine, i => i.Valid, errors);
        foreach (var (interval, line) in intervals.Where(i => i.Row.Least > i.Row.Days || i.Row.Days > i.Row.Most))
            errors.Add($"vaccine_intervals.csv, line {line}: {interval.Least} ≤ {interval.Days} ≤ {interval.Most} does not hold");
        var categories = Table(folder, "vaccination_categories.csv", errors, r => new VaccinationCategory(
            r.Text("code", 40), r.Text("name", 80), r.Text("name_en", 80), r.OptionalText("question", 200), r.OptionalText("question_en", 200), r.Text("open_data", 40), r.Valid(), r.Text("source", 200)));
        Overlaps(categories, "vaccination_categories.csv", c => c.Code, c => c.Valid, errors);
        var places = Table(folder, "vaccination_centres.csv", errors, r => new VaccinationPlace(
            r.Text("code", 20), r.Text("name", 120), r.Choice("kind", PlaceKinds), r.Known("asl", asls), r.Known("municipality_istat", municipalities),
            r.Code("postal_code", 5), r.Text("address", 120), r.Degrees("latitude"), r.Degrees("longitude")));
        Unique(places, "vaccination_centres.csv", "code", p => p.Code, errors);
        var dues = Table(folder, "vaccination_due.csv", errors, r => new DueRule(
            r.Choice("due", DueWords), r.Text("disease", 20), r.OptionalNumber("from_age"), r.Number("least_days"), r.OptionalNumber("most_days"), r.Valid(), r.Text("source", 200)));
        Overlaps(dues, "vaccination_due.csv", d => $"{d.Due} {d.Disease}", d => d.Valid, errors);
        var questions = Table(folder, "anamnesis_questions.csv", errors, r => new AnamnesisQuestion(
            r.Text("code", 20), r.Text("question", 200), r.Text("question_en", 200), r.Choice("stops", YesNo) == "yes", r.Valid(), r.Text("source", 200)));
        Overlaps(questions, "anamnesis_questions.csv", q => q.Code, q => q.Valid, errors);
        var reactions = Table(folder, "adverse_reactions.csv", errors, r => new AdverseReaction(r.Text("code", 20), r.Text("name", 80), r.Text("name_en", 80)));
        Unique(reactions, "adverse_reactions.csv", "code", a => a.Code, errors);
        var bands = Table(folder, "open_data_bands.csv", errors, r => new OpenDataBand(
            r.Text("layout", 7), r.Text("band", 5), r.Number("from_age"), r.OptionalNumber("to_age"), r.OptionalText("category", 40), r.Text("source", 200)));
        foreach (var layout in bands.GroupBy(b => b.Row.Layout))
        {
            // Each age is counted once.
            var expected = 0;
            foreach (var (band, line) in layout.OrderBy(b => b.Row.FromAge))
            {
                if (band.FromAge != expected)
                    errors.Add($"open_data_bands.csv, line {line}: {band.Band} of {layout.Key} must begin at {expected}");
                expected = (band.ToAge ?? 1000) + 1;
            }

            if (expected < 1000)
                errors.Add($"open_data_bands.csv: the last band of {layout.Key} must have no end");
        }

        return new(Rows(vaccines), Rows(intervals), Rows(categories), Rows(places), Rows(dues), Rows(questions), Rows(reactions), Rows(bands));
    }

    private sealed partial class PackRow
    {
        public string? OptionalText(string column, int length) =>
            csv.TryGetField<string>(column, out var value) && !string.IsNullOrEmpty(value) ? Text(column, length) : null;

        public double? Degrees(string column)
        {
            if (!csv.TryGetField<string>(column, out var value) || string.IsNullOrEmpty(value))
                return null;
            if (double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= 180)
                return degrees;
            Fail($"{column} is «{value}», must be degrees such as 45.07");
            return null;
        }
    }
}
