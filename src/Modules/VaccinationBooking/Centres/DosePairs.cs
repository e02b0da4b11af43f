using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Centres;

/// <summary>Which free places of a centre make a booking: a first dose for which a second can follow at the right distance. Pure.</summary>
/// <param name="region">Vaccines, ages and intervals by date.</param>
/// <param name="today">On which it would be booked.</param>
/// <param name="toBook">What is hers to book.</param>
internal sealed class DosePairs(Region region, DateOnly today, DosesToBook toBook, IReadOnlyList<FreePlaces> places)
{
    private readonly ILookup<(string Vaccine, DateOnly Day), FreePlaces> seconds =
        places.Where(p => p.Dose == 2).ToLookup(p => (p.Vaccine, DayOf(region, p)));

    /// <summary>By time.</summary>
    public IEnumerable<FreePlaces> Firsts => places.Where(p => p.Dose == toBook.First && toBook.Suits(p.Vaccine, DayOf(region, p), region.Vaccination) && (toBook.Count < 2 || SecondDays(p).Any()));

    public IEnumerable<DateOnly> SecondDays(FreePlaces first)
    {
        if (toBook.Count < 2 || region.Vaccination.IntervalOf(first.Vaccine, today) is not { } interval)
            yield break;
        var day = DayOf(region, first);
        for (var after = interval.Least; after <= interval.Most; after++)
        {
            if (seconds.Contains((first.Vaccine, day.AddDays(after))))
                yield return day.AddDays(after);
        }
    }

    public IEnumerable<FreePlaces> SecondsOn(FreePlaces first, DateOnly day) => seconds[(first.Vaccine, day)];

    /// <summary>Of the day nearest to the one that is recommended, at the hour nearest to the first; null where none is free.</summary>
    public FreePlaces? Proposed(FreePlaces first)
    {
        if (region.Vaccination.IntervalOf(first.Vaccine, today) is not { } interval)
            return null;
        var best = DayOf(region, first).AddDays(interval.Days).DayNumber;
        var hour = region.LocalOf(first.StartsAt).TimeOfDay;
        return SecondDays(first).OrderBy(d => Math.Abs(d.DayNumber - best)).ThenByDescending(d => d).Take(1).SelectMany(d => SecondsOn(first, d))
            .MinBy(s => Math.Abs((region.LocalOf(s.StartsAt).TimeOfDay - hour).Ticks));
    }

    public static DateOnly DayOf(Region region, FreePlaces place) => region.DayOf(new DateTimeOffset(place.StartsAt, TimeSpan.Zero));
}
