using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Regions;

/// <summary>What the region decides about vaccinations: vaccines, the days between doses, the categories of people, the centres.
/// Each rule has its validity and its source; see docs/region-pack.md. Another disease is more lines, no other code.</summary>
public sealed record VaccinationRules(
    IReadOnlyList<Vaccine> Vaccines, IReadOnlyList<DoseInterval> Intervals, IReadOnlyList<VaccinationCategory> Categories, IReadOnlyList<VaccinationPlace> Places)
{
    public Vaccine? VaccineOf(string code, DateOnly day) => Vaccines.LastOrDefault(v => v.Code == code && v.Valid.On(day));

    public string NameOfVaccine(string code) => Vaccines.LastOrDefault(v => v.Code == code)?.Name ?? code;

    /// <summary>Days that must lie between the doses of a booking made on <paramref name="bookedOn"/>; null where none is known: no second dose.</summary>
    public DoseInterval? IntervalOf(string vaccine, DateOnly bookedOn) => Intervals.LastOrDefault(i => i.Vaccine == vaccine && i.Valid.On(bookedOn));

    public string NameOfCategory(string code) => Categories.LastOrDefault(c => c.Code == code)?.Name ?? code;
}

/// <param name="Producer">As the open data of the campaign name it (<c>fornitore</c>).</param>
/// <param name="Doses">Of its first course.</param>
/// <param name="FromAge">Full years on the day of the dose.</param>
public sealed record Vaccine(
    string Code, string Name, string Producer, string Disease, int Doses, int DosesPerVial, int FromAge, int? ToAge, Validity Valid, string Source);

/// <summary>From dose 1 to dose 2, in days: <paramref name="Days"/> is proposed, from <paramref name="Least"/> to <paramref name="Most"/> is allowed.</summary>
public sealed record DoseInterval(string Vaccine, int Least, int Days, int Most, Validity Valid, string Source)
{
    public bool Allows(DateOnly first, DateOnly second) => second.DayNumber - first.DayNumber is var days && days >= Least && days <= Most;
}

/// <summary>People who come before their age's turn.</summary>
/// <param name="Ask">Put to the citizen as a question of the questionnaire; null where only a list tells.</param>
public sealed record VaccinationCategory(
    string Code, string NameIt, string NameEn, string? AskIt, string? AskEn, Validity Valid, string Source)
{
    public string Name => Texts.Italian ? NameIt : NameEn;
    public string? Ask => Texts.Italian ? AskIt : AskEn;
}

/// <param name="Kind"><c>hub</c>, <c>hospital</c>, <c>pharmacy</c>, <c>doctor</c>, <c>mobile_team</c>, <c>home_visits</c>.</param>
public sealed record VaccinationPlace(
    string Code, string Name, string Kind, string Asl, string MunicipalityIstat, string PostalCode, string Address, double? Latitude, double? Longitude);
