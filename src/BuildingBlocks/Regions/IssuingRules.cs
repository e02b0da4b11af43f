namespace Platform.BuildingBlocks.Regions;

/// <summary>Which facts give which EU Digital COVID Certificate, and how doses are numbered on it, by the day of the issue; see docs/region-pack.md.</summary>
public sealed record IssuingRules(
    IReadOnlyList<CertificateRule> Events, IReadOnlyList<DoseNumber> Doses, IReadOnlyList<HealthCardVaccine> Vaccines, IReadOnlyList<IssuingSetting> Settings)
{
    public const string Vaccination = "vaccination";
    public const string Test = "test";
    public const string Recovery = "recovery";

    /// <param name="fact"><c>dose</c>, <c>molecular</c>, <c>saliva</c>, <c>antigen</c>, <c>quick-swab</c>.</param>
    /// <param name="result"><c>given</c>, <c>detected</c>, <c>not_detected</c>.</param>
    /// <returns>Null where that gives no certificate on that day.</returns>
    public CertificateRule? Of(string fact, string result, DateOnly day) => Events.FirstOrDefault(e => e.Fact == fact && e.Result == result && e.Valid.On(day));

    /// <param name="kind"><c>first</c>, <c>second</c>, <c>after-infection</c>, <c>booster</c>, <c>second-booster</c>, <c>third-booster</c>.</param>
    /// <param name="ofOne">The first course was of one dose: of a vaccine of one, or after an infection.</param>
    /// <returns>Null where no certificate is foreseen for that dose on that day.</returns>
    public DoseNumber? NumberOf(string kind, bool ofOne, DateOnly day) =>
        Doses.FirstOrDefault(d => d.Kind == kind && d.Course == (ofOne ? "single" : "double") && d.Valid.On(day));

    public string? CvxOf(string vaccine) => Vaccines.FirstOrDefault(v => v.Vaccine == vaccine)?.Cvx;

    /// <summary>The line that holds on the day, or the earliest for a day before all of them.</summary>
    public int Setting(string name, DateOnly day) =>
        (Settings.FirstOrDefault(s => s.Name == name && s.Valid.On(day)) ?? Settings.Where(s => s.Name == name).MinBy(s => s.Valid.From)!).Value;
}

/// <param name="FromDays">After the fact, the first day of validity and of issue; null for at once.</param>
/// <param name="UntilDays">After the fact, the last day of validity; null where the verifier's rules say it.</param>
/// <param name="ApartDays">The same fact of the same person within so many days of an earlier one gives nothing; null where each counts.</param>
public sealed record CertificateRule(string Fact, string Result, string Gives, int? FromDays, int? UntilDays, int? ApartDays, Validity Valid, string Source);

/// <summary>How a dose is written: 2/1 is the second of a course of one.</summary>
public sealed record DoseNumber(string Kind, string Course, int Number, int Total, Validity Valid, string Source);

/// <param name="Vaccine">As in vaccines.csv.</param>
/// <param name="Cvx">How a SMART Health Card names it.</param>
public sealed record HealthCardVaccine(string Vaccine, string Cvx, string Source);

public sealed record IssuingSetting(string Name, int Value, Validity Valid, string Source);

public static partial class RegionPack
{
    private static readonly string[] CertifiedFacts = ["dose", "molecular", "saliva", "antigen", "quick-swab"];
    private static readonly string[] CertifiedResults = ["given", "detected", "not_detected"];
    private static readonly string[] CertifiedDoses = ["first", "second", "after-infection", "booster", "second-booster", "third-booster"];
    private static readonly string[] IssuingSettings = ["code_days"];

    private static IssuingRules ReadIssuing(string folder, VaccinationRules vaccination, List<string> errors)
    {
        var events = Table(folder, "certificate_events.csv", errors, r => new CertificateRule(
            r.Choice("event", CertifiedFacts), r.Choice("result", CertifiedResults), r.Choice("gives", IssuingRules.Vaccination, IssuingRules.Test, IssuingRules.Recovery),
            r.OptionalNumber("from_days"), r.OptionalNumber("until_days"), r.OptionalNumber("apart_days"), r.Valid(), r.Text("source", 250)));
        Overlaps(events, "certificate_events.csv", e => $"{e.Fact} {e.Result}", e => e.Valid, errors);
        foreach (var (rule, line) in events.Where(e => (e.Row.Fact == "dose") != (e.Row.Result == "given") || (e.Row.Fact == "dose") != (e.Row.Gives == IssuingRules.Vaccination)))
            errors.Add($"certificate_events.csv, line {line}: {rule.Fact} {rule.Result} cannot give {rule.Gives}: a dose that was given gives a vaccination, and nothing else does");
        foreach (var (rule, line) in events.Where(e => e.Row.Gives == IssuingRules.Recovery && (e.Row.FromDays is not >= 0 || e.Row.UntilDays is not { } until || until <= e.Row.FromDays)))
            errors.Add($"certificate_events.csv, line {line}: a recovery of {rule.Fact} needs from_days and a later until_days");
        var doses = Table(folder, "certificate_doses.csv", errors, r => new DoseNumber(
            r.Choice("kind", CertifiedDoses), r.Choice("course", "single", "double"), r.Number("number"), r.Number("total"), r.Valid(), r.Text("source", 250)));
        Overlaps(doses, "certificate_doses.csv", d => $"{d.Kind} {d.Course}", d => d.Valid, errors);
        foreach (var (dose, line) in doses.Where(d => d.Row.Number is < 1 or > 9 || d.Row.Total is < 1 or > 9))
            errors.Add($"certificate_doses.csv, line {line}: {dose.Number}/{dose.Total}: number and total are from 1 to 9");
        var known = vaccination.Vaccines.Select(v => v.Code).ToHashSet();
        var vaccines = Table(folder, "health_card_vaccines.csv", errors, r => new HealthCardVaccine(
            r.Known("vaccine", known), r.Text("cvx", 4), r.Text("source", 250)));
        Unique(vaccines, "health_card_vaccines.csv", "vaccine", v => v.Vaccine, errors);
        var settings = Table(folder, "certificate_settings.csv", errors, r => new IssuingSetting(
            r.Choice("setting", IssuingSettings), r.Number("value"), r.Valid(), r.Text("source", 250)));
        Overlaps(settings, "certificate_settings.csv", s => s.Name, s => s.Valid, errors);
        foreach (var missing in IssuingSettings.Except(settings.Where(s => s.Row.Valid.Until is null).Select(s => s.Row.Name)))
            errors.Add($"certificate_settings.csv: no line of {missing} that still holds");
        foreach (var (setting, line) in settings.Where(s => s.Row.Value is < 1 or > 730))
            errors.Add($"certificate_settings.csv, line {line}: {setting.Name} is {setting.Value}, must be from 1 to 730");
        return new(Rows(events), Rows(doses), Rows(vaccines), Rows(settings));
    }
}
