using Platform.BuildingBlocks.Security.Fields;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.Doses;

/// <param name="Day">In the region's time.</param>
[Shows(FieldClass.Health, "Vaccine", "Kind", "Day")]
internal sealed record PastDose(string Vaccine, DoseKind Kind, DateOnly Day);

/// <summary>The dose that comes next for a person.</summary>
/// <param name="Kind">Null where no more is due.</param>
/// <param name="NotBefore">Null where it may be given at any time.</param>
[Shows(FieldClass.Health, "Kind", "NotBefore")]
internal sealed record Due(DoseKind? Kind, DateOnly? NotBefore)
{
    public bool On(DateOnly day) => Kind is not null && (NotBefore is null || day >= NotBefore);
}

/// <summary>Which dose is due, from what is known of a person and the region's rules of a day: pure law. Rules that change by date are lines
/// of <c>vaccination_due.csv</c> and <c>vaccine_intervals.csv</c>.</summary>
internal static class Course
{
    // Circ. Min. Salute 8284 of 03/03/2021: an infection within 14 days of the first dose leaves the second one due.
    private const int InfectionTooEarlyToCount = 14;

    public static Due Of(IReadOnlyCollection<PastDose> doses, IReadOnlyCollection<DateOnly> positives, VaccinationRules rules, string disease, DateOnly? born, DateOnly day)
    {
        var last = doses.MaxBy(d => d.Day);
        if (last is null)
            return AfterInfection(positives, rules, disease, day) ?? new(DoseKind.First, null);
        if (doses.Any(d => d.Kind >= DoseKind.Booster))
            return Next(last.Kind + 1, last, rules, disease, born, day);
        var single = rules.VaccineOf(last.Vaccine, last.Day) is { Doses: 1 } || last.Kind == DoseKind.AfterInfection;
        if (single || last.Kind == DoseKind.Second)
            return Next(DoseKind.Booster, last, rules, disease, born, day);
        if (positives.Any(p => p.DayNumber - last.Day.DayNumber > InfectionTooEarlyToCount))
            return Next(DoseKind.Booster, last with { Day = Later(last.Day, positives.Max()) }, rules, disease, born, day);
        return new(DoseKind.Second, rules.IntervalOf(last.Vaccine, day) is { } interval ? last.Day.AddDays(interval.Least) : null);
    }

    private static Due? AfterInfection(IReadOnlyCollection<DateOnly> positives, VaccinationRules rules, string disease, DateOnly day)
    {
        if (positives.Count == 0 || rules.DueOf("after-infection", disease, day) is not { } rule)
            return null;
        var positive = positives.Max();
        return rule.MostDays is null || day <= positive.AddDays(rule.MostDays.Value) ? new(DoseKind.AfterInfection, positive.AddDays(rule.LeastDays)) : null;
    }

    private static Due Next(DoseKind kind, PastDose last, VaccinationRules rules, string disease, DateOnly? born, DateOnly day)
    {
        var word = kind switch { DoseKind.Booster => "booster", DoseKind.SecondBooster => "second-booster", DoseKind.ThirdBooster => "third-booster", _ => "" };
        return rules.DueOf(word, disease, day) is { } rule && (rule.FromAge is null || (born is { } birth && birth.AddYears(rule.FromAge.Value) <= day))
            ? new(kind, last.Day.AddDays(rule.LeastDays)) : new(null, null);
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
