using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Operations;

/// <param name="Affected">Doses that cannot stay where they are.</param>
internal sealed record ConcernedBooking(Booking Booking, IReadOnlySet<int> Affected);

/// <summary>The open bookings that an operation concerns, the earliest appointment first.</summary>
internal sealed class Concerned(VaccinationDb db, Region region)
{
    private const int AtATime = 500;

    /// <param name="only">One booking, looked at again; null for all.</param>
    public async Task<List<ConcernedBooking>> By(BulkOperation operation, Guid? only, DateTime now, CancellationToken cancellation)
    {
        var from = operation.From > now ? operation.From : now;
        var slots = db.Slots.Where(s => s.StartsAt >= from && s.StartsAt < operation.To);
        slots = operation.CentreCode is { } centre ? slots.Where(s => s.CentreCode == centre) : slots.Where(s => s.VaccineCode == operation.VaccineCode);
        var rows = db.Appointments.Where(a => a.State == AppointmentState.Booked && slots.Any(s => s.Id == a.SlotId));
        if (only is { } one)
            rows = rows.Where(a => a.BookingId == one);
        if (operation.Kind == BulkKind.IntervalChanged)
            rows = rows.Where(a => a.Dose == 2);
        var hit = (await rows.Select(a => new { a.BookingId, a.Dose, a.StartsAt }).ToListAsync(cancellation)).GroupBy(a => a.BookingId).OrderBy(a => a.Min(x => x.StartsAt)).ThenBy(a => a.Key).ToList();
        var all = new List<ConcernedBooking>();
        foreach (var some in hit.Chunk(AtATime))
        {
            var ids = some.Select(s => s.Key).ToArray();
            var bookings = await db.Bookings.AsNoTracking().Include(b => b.Appointments).Where(b => ids.Contains(b.Id) && b.State == BookingState.Booked).ToDictionaryAsync(b => b.Id, cancellation);
            all.AddRange(some.Where(s => bookings.ContainsKey(s.Key)).Select(s => new ConcernedBooking(bookings[s.Key], s.Select(a => a.Dose).ToHashSet())));
        }

        return operation.Kind == BulkKind.IntervalChanged ? all.FindAll(c => !Allowed(c.Booking, now)) : all;
    }

    private bool Allowed(Booking booking, DateTime now)
    {
        var standing = booking.Appointments.Where(a => a.State != AppointmentState.Cancelled).ToDictionary(a => a.Dose, a => region.DayOf(new DateTimeOffset(a.StartsAt, TimeSpan.Zero)));
        return standing.Count < 2 || region.Vaccination.IntervalOf(booking.VaccineCode, region.DayOf(new DateTimeOffset(now, TimeSpan.Zero)))?.Allows(standing[1], standing[2]) == true;
    }
}
