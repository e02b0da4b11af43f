namespace Platform.BuildingBlocks.Regions;

/// <summary>Antigen tests at the point of care: who does them and when, with which devices, what a positive means, how long what is kept.
/// Each line has its validity and its source; see docs/region-pack.md.</summary>
public sealed record QuickSwabRules(
    IReadOnlyList<SwabPoint> Points, IReadOnlyList<PointOpening> Openings, IReadOnlyList<AntigenDevice> Devices, IReadOnlyList<PositiveRule> Positives,
    IReadOnlyList<PrevalenceLine> Prevalence, IReadOnlyList<SwabLimit> Limits, IReadOnlyList<QuickSwabFee> Fees)
{
    public const string NegativesHours = "negatives_hours";
    public const string OnLineDays = "online_days";
    public const string PreregistrationDays = "preregistration_days";
    public const string LateDays = "late_days";
    public const string UsualMinutes = "usual_minutes";
    public const string ArchiveReadingDays = "archive_reading_days";

    public static readonly IReadOnlyList<string> LimitNames = [NegativesHours, OnLineDays, PreregistrationDays, LateDays, UsualMinutes, ArchiveReadingDays];

    /// <summary>Pharmacies, schools, hotspots and doctors that are no point, as they would be if their ASL admitted them.</summary>
    public IReadOnlyList<SwabPoint> Candidates { get; init; } = [];

    public SwabPoint? FindPoint(string? code) => Points.FirstOrDefault(p => p.Code == code) ?? Candidates.FirstOrDefault(p => p.Code == code);

    public IEnumerable<PointOpening> OpeningsOf(string point, DateOnly day) => Openings.Where(o => o.Point == point && o.Valid.On(day));

    public int Limit(string name, DateOnly day) =>
        (Limits.FirstOrDefault(l => l.Name == name && l.Valid.On(day)) ?? Limits.First(l => l.Name == name && l.Valid.Until is null)).Value;

    /// <summary>What a positive of that day means. Where no line speaks of it, a molecular swab is asked for: the safer of the two.</summary>
    public PositiveMeaning MeaningOf(DateOnly day, bool symptoms, bool link)
    {
        var prevalence = Prevalence.FirstOrDefault(p => p.Valid.On(day))?.Level;
        return Positives.FirstOrDefault(r => r.Valid.On(day) && (r.Prevalence is null || r.Prevalence == prevalence)
            && (r.Symptoms ?? symptoms) == symptoms && (r.Link ?? link) == link)?.Then ?? PositiveMeaning.Molecular;
    }

    /// <returns>Cents of euro that the public pays for a test; nothing where no line speaks of it.</returns>
    public int FeeOf(PointKind kind, int age, DateOnly day) =>
        Fees.FirstOrDefault(f => f.Kind == kind && f.Valid.On(day) && age >= f.FromAge && age <= (f.ToAge ?? int.MaxValue))?.Cents ?? 0;
}

public enum PointKind
{
    Pharmacy,

    /// <summary>A general practitioner or paediatrician, in her practice; the code is hers.</summary>
    Doctor,
    School,

    /// <summary>A hotspot that does quick swabs too; the code is the hotspot's.</summary>
    Hub,
}

/// <summary>A point of care. Name, ASL and municipality are those of the facility or the doctor with that code.</summary>
public sealed record SwabPoint(string Code, PointKind Kind, string Name, string Asl, string MunicipalityIstat, string Address, double? Latitude, double? Longitude);

public sealed record PointOpening(string Point, DayOfWeek Weekday, TimeOnly From, TimeOnly To, Validity Valid);

/// <param name="Jrc">Its number in the common list of the EU.</param>
/// <param name="Minutes">From the sample's application to the result, by its instructions.</param>
/// <param name="Valid">While the common list has it; withdrawn after the last day.</param>
public sealed record AntigenDevice(string Jrc, string Maker, string Name, int Minutes, Validity Valid, string Source)
{
    /// <summary>As the common list writes it.</summary>
    public string FullName => $"{Maker}, {Name}";
}

/// <summary>What a positive antigen test means.</summary>
public enum PositiveMeaning
{
    /// <summary>It is a confirmed case.</summary>
    Confirms,

    /// <summary>A molecular swab is to confirm it.</summary>
    Molecular,
}

/// <param name="Prevalence">Null where it does not matter; so the others.</param>
/// <param name="Link">Contact of a known case.</param>
public sealed record PositiveRule(string? Prevalence, bool? Symptoms, bool? Link, PositiveMeaning Then, Validity Valid, string Source);

public sealed record PrevalenceLine(string Level, Validity Valid, string Source);

/// <param name="Cents">Of euro.</param>
public sealed record QuickSwabFee(PointKind Kind, int FromAge, int? ToAge, int Cents, Validity Valid, string Source);
