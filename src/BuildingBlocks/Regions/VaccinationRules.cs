using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Regions;

/// <summary>What the region decides about vaccinations: vaccines, the days between doses, the categories of people, the centres.
/// Each rule has its validity and its source; see docs/region-pack.md. Another disease is more lines, no other code.</summary>
public sealed record VaccinationRules(
    IReadOnlyList<Vaccine> Vaccines, IReadOnlyList<DoseInterval> Intervals, IReadOnlyList<VaccinationCategory> Categories, IReadOnlyList<VaccinationPlace> Places,
    IReadOnlyList<DueRule> Dues, IReadOnlyList<AnamnesisQuestion> Questions, IReadOnlyList<AdverseReaction> Reactions,
    IReadOnlyList<OpenDataBand> Bands)
{
    public Vaccine? VaccineOf(string code, DateOnly day) => Vaccines.LastOrDefault(v => v.Code == code && v.Valid.On(day));

    public string NameOfVaccine(string code) => Vaccines.LastOrDefault(v => v.Code == code)?.Name ?? code;

    /// <summary>Days that must lie between the doses of a booking made on <paramref name="bookedOn"/>; null where none is known: no second dose.</summary>
    public DoseInterval? IntervalOf(string vaccine, DateOnly bookedOn) => Intervals.LastOrDefault(i => i.Vaccine == vaccine && i.Valid.On(bookedOn));

    /// <param name="due"><c>after-infection</c>, <c>booster</c>, <c>second-booster</c>, <c>third-booster</c>.</param>
    /// <returns>Null where that dose is due to nobody on that day.</returns>
    public DueRule? DueOf(string due, string disease, DateOnly day) => Dues.LastOrDefault(d => d.Due == due && d.Disease == disease && d.Valid.On(day));

    public string NameOfCategory(string code) => Categories.LastOrDefault(c => c.Code == code)?.Name ?? code;
}

/// <param name="Producer">As the open data of the campaign name it (<c>fornitore</c>).</param>
/// <param name="Doses">Of its first course.</param>
/// <param name="HoursOpen">How long a vial may be used once it is opened.</param>
/// <param name="FromAge">Full years on the day of the dose.</param>
public sealed record Vaccine(
    string Code, string Name, string Producer, string Disease, int Doses, int DosesPerVial, int HoursOpen, int FromAge, int? ToAge, Validity Valid, string Source);

/// <summary>From dose 1 to dose 2, in days: <paramref name="Days"/> is proposed, from <paramref name="Least"/> to <paramref name="Most"/> is allowed.</summary>
public sealed record DoseInterval(string Vaccine, int Least, int Days, int Most, Validity Valid, string Source)
{
    public bool Allows(DateOnly first, DateOnly second) => second.DayNumber - first.DayNumber is var days && days >= Least && days <= Most;
}

/// <summary>People who come before their age's turn.</summary>
/// <param name="OpenData">Column of the open data that counts them (<c>categoria_…</c>).</param>
/// <param name="Ask">Put to the citizen as a question of the questionnaire; null where only a list tells.</param>
public sealed record VaccinationCategory(
    string Code, string NameIt, string NameEn, string? AskIt, string? AskEn, string OpenData, Validity Valid, string Source)
{
    public string Name => Texts.Italian ? NameIt : NameEn;
    public string? Ask => Texts.Italian ? AskIt : AskEn;
}

/// <param name="Kind"><c>hub</c>, <c>hospital</c>, <c>pharmacy</c>, <c>doctor</c>, <c>mobile_team</c>, <c>home_visits</c>.</param>
public sealed record VaccinationPlace(
    string Code, string Name, string Kind, string Asl, string MunicipalityIstat, string PostalCode, string Address, double? Latitude, double? Longitude);

/// <summary>Ages that a layout of the open data counts together.</summary>
/// <param name="Layout">Month from which the national files have had these columns: <c>2021-05</c>.</param>
/// <param name="ToAge">Null for no end.</param>
/// <param name="Category">Column of who came for her age (<c>categoria_…</c>); null where the layout has none.</param>
public sealed record OpenDataBand(string Layout, string Band, int FromAge, int? ToAge, string? Category, string Source);

/// <summary>A dose that is due some days after another fact: the last dose for a booster, the positive test for who had the infection.</summary>
/// <param name="MostDays">Null for no end: later, the course begins as anybody's.</param>
/// <param name="FromAge">Full years on the day; null for everybody.</param>
public sealed record DueRule(string Due, string Disease, int? FromAge, int LeastDays, int? MostDays, Validity Valid, string Source);

/// <summary>Asked before the dose.</summary>
/// <param name="Stops">A yes needs the doctor's word.</param>
public sealed record AnamnesisQuestion(string Code, string TextIt, string TextEn, bool Stops, Validity Valid, string Source)
{
    public string Text => Texts.Italian ? TextIt : TextEn;
}

/// <summary>What may befall somebody after a dose, as it is reported.</summary>
public sealed record AdverseReaction(string Code, string NameIt, string NameEn)
{
    public string Name => Texts.Italian ? NameIt : NameEn;
}
