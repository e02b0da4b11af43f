using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Regions;

/// <summary>What the region decides about swabs: reasons, symptoms, specimens, labels, limits. Each line has its validity
/// and its source; see docs/region-pack.md.</summary>
public sealed record SwabRules(
    IReadOnlyList<SwabReason> Reasons, IReadOnlyList<Symptom> Symptoms, IReadOnlyList<Specimen> Specimens,
    IReadOnlyList<LabelSize> LabelSizes, IReadOnlyList<SwabLimit> Limits)
{
    public IEnumerable<SwabReason> ReasonsOn(DateOnly day) => Reasons.Where(r => r.Valid.On(day));

    public IEnumerable<Symptom> SymptomsOn(DateOnly day) => Symptoms.Where(s => s.Valid.On(day));

    public IEnumerable<Specimen> SpecimensOn(DateOnly day) => Specimens.Where(s => s.Valid.On(day));

    /// <summary>Also of one no longer valid, for the requests made with it.</summary>
    public string NameOfReason(string code) => Reasons.LastOrDefault(r => r.Code == code)?.Name ?? code;

    public string NameOfSymptom(string code) => Symptoms.LastOrDefault(s => s.Code == code)?.Name ?? code;

    /// <param name="test">Its code: <c>molecular</c>.</param>
    public Specimen? SpecimenOf(string test, DateOnly day) => SpecimensOn(day).LastOrDefault(s => s.Test == test);

    /// <exception cref="InvalidOperationException">Without a value for that day; the pack is checked to have one for today.</exception>
    public int Limit(string name, DateOnly day) =>
        Limits.LastOrDefault(l => l.Name == name && l.Valid.On(day))?.Value ?? throw new InvalidOperationException($"swab_limits.csv has no {name} for {day:O}.");
}

/// <param name="Until">The last day; null while it holds.</param>
public sealed record Validity(DateOnly From, DateOnly? Until)
{
    public bool On(DateOnly day) => day >= From && (Until is null || day <= Until);
}

public enum SymptomsDemand
{
    No,
    Optional,

    /// <summary>At least one, and the first day.</summary>
    Required,
}

/// <summary>Why a swab is asked for.</summary>
/// <param name="Priority">1 comes first in every list of work.</param>
/// <param name="Tests">Codes of the tests that may be asked for with it.</param>
/// <param name="ProposedBy">Roles whose requests with this reason are proposals, which the public-health office authorises.</param>
public sealed record SwabReason(
    string Code, string NameIt, string NameEn, string CriterionIt, string CriterionEn, int Priority, IReadOnlyList<string> Tests,
    SymptomsDemand Symptoms, IReadOnlyList<Role> ProposedBy, Validity Valid, string Source)
{
    public string Name => Texts.Italian ? NameIt : NameEn;
    public string Criterion => Texts.Italian ? CriterionIt : CriterionEn;
}

public sealed record Symptom(string Code, string NameIt, string NameEn, Validity Valid, string Source)
{
    public string Name => Texts.Italian ? NameIt : NameEn;
}

/// <summary>What is taken from the person for a test, and how the tube's label calls it.</summary>
public sealed record Specimen(string Test, string NameIt, string NameEn, string Label, bool MayBePooled, Validity Valid, string Source)
{
    public string Name => Texts.Italian ? NameIt : NameEn;
}

public sealed record LabelSize(string Code, int WidthMm, int HeightMm, string Source);

public sealed record SwabLimit(string Name, int Value, Validity Valid, string Source);
