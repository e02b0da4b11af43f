using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Operations;

/// <summary>Where the doses go that an operation concerns.</summary>
/// <param name="To">By dose.</param>
internal sealed record NewPlace(IReadOnlyDictionary<int, VaccinationSlot> To)
{
    public string Centre => To.Values.Last().CentreCode;
}

/// <summary>Looks for the places nearest to what she had: at her centre before others, near centres of the same ASL before far ones, and of
/// the times the nearest. What is not concerned stays where it can; else both doses go together.</summary>
internal sealed class NewPlaces(VaccinationDb db, Region region)
{
    /// <summary>Who is moved has to have learnt of it.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromHours(24);

    private const int FirstsTried = 60;

    private readonly Dictionary<(string Campaign, string Centre), List<VaccinationSlot>> read = [];

    /// <summary>Places planned for others of the same operation, in a preview.</summary>
    private readonly Dictionary<Guid, int> planned = [];
    private List<Centre>? centres;

    /// <param name="affected">The doses that cannot stay.</param>
    /// <param name="plan">Counts the places found as taken: for a preview, which keeps what it has read.</param>
    public async Task<NewPlace?> Find(Booking booking, IReadOnlySet<int> affected, string? otherVaccine, DateTime now, bool plan, CancellationToken cancellation)
    {
        if (!plan)
            read.Clear();
        var standing = booking.Appointments.Where(a => a.State is not AppointmentState.Cancelled).ToDictionary(a => a.Dose);
        var movable = standing.Values.Where(a => a.State == AppointmentState.Booked && a.StartsAt > now).Select(a => a.Dose).ToHashSet();
        if (!affected.IsSubsetOf(movable))
            return null;
        var interval = (string vaccine) => region.Vaccination.IntervalOf(vaccine, Day(now));
        foreach (var centre in await Nearest(booking.CentreCode, cancellation))
        {
            var free = (await Free(booking.CampaignCode, centre, now, plan, cancellation)).Where(Has).ToList();
            var alone = affected.Count < standing.Count && (centre == booking.CentreCode || standing.Values.Any(a => a.State == AppointmentState.Done)) ? Alone(free) : null;
            var found = alone ?? (movable.Count == standing.Count ? Together(free) : null);
            if (found is null)
                continue;
            foreach (var slot in plan ? found.To.Values : [])
                planned[slot.Id] = planned.GetValueOrDefault(slot.Id) + 1;
            return found;
        }

        return null;

        NewPlace? Alone(List<VaccinationSlot> free)
        {
            var dose = affected.Single();
            var other = standing.Values.First(a => a.Dose != dose);
            var best = free.Where(s => s.Dose == dose && (s.VaccineCode == booking.VaccineCode || (other.State == AppointmentState.Done && s.VaccineCode == otherVaccine))
                    && (dose == 1 ? interval(booking.VaccineCode)?.Allows(Day(s.StartsAt), Day(other.StartsAt)) : interval(booking.VaccineCode)?.Allows(Day(other.StartsAt), Day(s.StartsAt))) == true)
                .MinBy(s => (s.StartsAt - standing[dose].StartsAt).Duration());
            return best is null ? null : new(new Dictionary<int, VaccinationSlot> { [dose] = best });
        }

        NewPlace? Together(List<VaccinationSlot> free)
        {
            var firsts = free.Where(s => s.Dose == 1).OrderBy(s => (s.StartsAt - standing[1].StartsAt).Duration());
            if (standing.Count == 1)
                return firsts.FirstOrDefault() is { } only ? new(new Dictionary<int, VaccinationSlot> { [1] = only }) : null;
            foreach (var first in firsts.Take(FirstsTried))
            {
                var second = free.Where(s => s.Dose == 2 && s.VaccineCode == first.VaccineCode && interval(first.VaccineCode)?.Allows(Day(first.StartsAt), Day(s.StartsAt)) == true)
                    .MinBy(s => (s.StartsAt - standing[2].StartsAt).Duration());
                if (second is not null)
                    return new(new Dictionary<int, VaccinationSlot> { [1] = first, [2] = second });
            }

            return null;
        }
    }

    private bool Has(VaccinationSlot slot) => slot.Taken + planned.GetValueOrDefault(slot.Id) < slot.Capacity;

    private DateOnly Day(DateTime at) => region.DayOf(new DateTimeOffset(at, TimeSpan.Zero));

    private async Task<List<VaccinationSlot>> Free(string campaign, string centre, DateTime now, bool keep, CancellationToken cancellation)
    {
        if (read.GetValueOrDefault((campaign, centre)) is { } known)
            return known;
        var from = now + Notice;
        var slots = await db.Slots.AsNoTracking().Where(s => s.CampaignCode == campaign && s.CentreCode == centre && !s.Closed && s.StartsAt > from && s.Taken < s.Capacity).ToListAsync(cancellation);
        if (keep)
            read[(campaign, centre)] = slots;
        return slots;
    }

    private async Task<IEnumerable<string>> Nearest(string from, CancellationToken cancellation)
    {
        centres ??= await db.Centres.AsNoTracking().ToListAsync(cancellation);
        var own = centres.Find(c => c.Code == from);
        return centres.Where(c => own is not null && c.AslCode == own.AslCode && (c.Public || c.Code == from)).OrderBy(c => c.Code == from ? 0 : 1)
            .ThenBy(c => c.MunicipalityIstat == own!.MunicipalityIstat ? 0 : 1).ThenBy(c => Far(own!, c)).ThenBy(c => c.Code, StringComparer.Ordinal).Select(c => c.Code);
    }

    // Enough to say which is nearer within a region.
    private static double Far(Centre one, Centre two) =>
        one is { Latitude: { } lat, Longitude: { } lon } && two is { Latitude: { } lat2, Longitude: { } lon2 }
            ? Math.Pow(lat - lat2, 2) + Math.Pow((lon - lon2) * Math.Cos(lat * Math.PI / 180), 2) : double.MaxValue;
}
