using System.Globalization;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security.Fields;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Doses;

namespace Platform.VaccinationBooking.Campaigns;

/// <summary>What a person is to book now of her course against a disease: both doses of a first course, or one: the only one, the second, a booster.</summary>
/// <param name="First">Number of the places that she takes: 1, or 2 where only her second dose is missing.</param>
/// <param name="Count">2 books the second with it.</param>
/// <param name="NotBefore">Null for at once; so <paramref name="NotAfter"/>.</param>
/// <param name="Vaccine">The one she must have; null for any.</param>
/// <param name="WholeCourse">The only dose of a first course: of a vaccine that needs no other.</param>
[Shows(FieldClass.Identity, "Born")]
[Shows(FieldClass.Health, "First", "Count", "NotBefore", "NotAfter", "Vaccine", "WholeCourse")]
internal sealed record DosesToBook(int First, int Count, DateOnly? NotBefore, DateOnly? NotAfter, string? Vaccine, bool WholeCourse, DateOnly? Born)
{
    public static DosesToBook Of(Campaign campaign, Due due, PastDose? last, DateOnly? born, VaccinationRules rules, DateOnly today) => due.Kind switch
    {
        DoseKind.First or null => new(1, campaign.Doses, null, null, null, campaign.Doses == 1, born),
        DoseKind.Second => new(2, 1, due.NotBefore, LatestOf(last!, rules, today), OtherVaccine(last!, rules, born, today) ? null : last!.Vaccine, false, born),
        _ => new(1, 1, due.NotBefore, null, null, false, born),
    };

    /// <summary>Two doses that stand already, for other days.</summary>
    public static DosesToBook BothOf(DateOnly? born) => new(1, 2, null, null, null, false, born);

    /// <summary>Whether this place may be hers.</summary>
    /// <param name="day">Of the dose, in the region's time.</param>
    public bool Suits(string vaccine, DateOnly day, VaccinationRules rules) =>
        (NotBefore is null || day >= NotBefore) && (NotAfter is null || day <= NotAfter) && SuitsVaccine(vaccine, day, rules);

    /// <summary>Whether this vaccine may be hers, were it time.</summary>
    public bool SuitsVaccine(string vaccine, DateOnly day, VaccinationRules rules) =>
        (Vaccine is null || Vaccine == vaccine) && SuitsAge(vaccine, day, rules) && (!WholeCourse || rules.VaccineOf(vaccine, day) is null or { Doses: 1 });

    /// <summary>The ages of a vaccine, on the day of the dose.</summary>
    public bool SuitsAge(string vaccine, DateOnly day, VaccinationRules rules) =>
        GivenDose.AgeOn(day, Born) is not { } age || rules.VaccineOf(vaccine, day) is not { } known || (age >= known.FromAge && (known.ToAge is null || age <= known.ToAge));

    // Whoever is too late already comes when she can.
    private static DateOnly? LatestOf(PastDose last, VaccinationRules rules, DateOnly today) =>
        rules.IntervalOf(last.Vaccine, today) is { } interval && last.Day.AddDays(interval.Most) is var latest && latest > today ? latest : null;

    // Of a vaccine that is no longer for her age she has another one (circolare 11/06/2021).
    private static bool OtherVaccine(PastDose last, VaccinationRules rules, DateOnly? born, DateOnly today) =>
        !new DosesToBook(2, 1, null, null, null, false, born).SuitsAge(last.Vaccine, today, rules);

    /// <summary>As it travels within a pass.</summary>
    public string Text() => string.Join(
        ';', First.ToString(CultureInfo.InvariantCulture), Count.ToString(CultureInfo.InvariantCulture), Day(NotBefore), Day(NotAfter), Vaccine, WholeCourse ? "1" : "", Day(Born));

    public static DosesToBook? Read(string text)
    {
        if (text.Split(';') is not [var first, var count, var before, var after, var vaccine, var whole, var born])
            return null;
        return new(
            int.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), Day(before), Day(after), vaccine.Length > 0 ? vaccine : null, whole.Length > 0, Day(born));
    }

    private static string Day(DateOnly? day) => day?.DayNumber.ToString(CultureInfo.InvariantCulture) ?? "";

    private static DateOnly? Day(string text) => text.Length > 0 ? DateOnly.FromDayNumber(int.Parse(text, CultureInfo.InvariantCulture)) : null;
}
