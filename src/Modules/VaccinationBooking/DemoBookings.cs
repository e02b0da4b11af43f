using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Citizens;

namespace Platform.VaccinationBooking;

/// <summary>Books for people of the demonstration, through the ledger.</summary>
internal sealed class DemoBookings(VaccinationDb db, BookingDesk desk, Region region, TimeProvider clock)
{
    private const string Vaccine = "comirnaty";

    /// <summary>The first places of a centre from an instant on, two people each, so that its day has people.</summary>
    /// <returns>How many were booked.</returns>
    public async Task<int> Make(string campaign, string centre, DateTime from, int people, CancellationToken cancellation)
    {
        var group = await db.Groups.AsNoTracking().Where(g => g.CampaignCode == campaign && g.Category == null).OrderBy(g => g.Priority).FirstAsync(cancellation);
        var free = await db.Slots.AsNoTracking().Where(s => s.CampaignCode == campaign && s.CentreCode == centre && s.StartsAt > from).OrderBy(s => s.StartsAt).ToListAsync(cancellation);
        var old = await db.Vaccinees.AsNoTracking().Where(v => v.BirthDate < group.BornUntil && !v.Deceased && v.FiscalCode != null && !db.Bookings.Any(b => b.PatientId == v.PatientId))
            .OrderByDescending(v => v.FiscalCode).Take(people).Select(v => v.PatientId).ToListAsync(cancellation);
        var (now, made) = (clock.GetUtcNow(), 0);
        var interval = region.Vaccination.IntervalOf(Vaccine, region.DayOf(now))!;
        foreach (var (person, i) in old.Select((p, i) => (p, i)))
        {
            var first = free.Where(s => s.Dose == 1).ElementAtOrDefault(i / 2);
            var second = first is null ? null : free.Where(s => s.Dose == 2 && interval.Allows(region.DayOf(first.StartsAt), region.DayOf(s.StartsAt))).ElementAtOrDefault(i / 4);
            if (first is null || second is null)
                break;
            var answer = await desk.Take(new(Guid.CreateVersion7(now), campaign, person, group.Id, first.Id, second.Id, now.UtcDateTime, Channel: BookingChannel.Operator));
            made += answer.Outcome == LedgerOutcome.Done ? 1 : 0;
        }

        return made;
    }
}

internal static class DemoBookingsOf
{
    public static DemoBookings DemoBookings(this IServiceProvider services) => ActivatorUtilities.CreateInstance<DemoBookings>(services);
}
