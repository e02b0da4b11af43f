using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Operations;

/// <summary>Seventy-two hours before an appointment (Lazio's way, DOMAIN 7.7) the citizen is reminded of it, once for each time it was given:
/// who has booked or moved within these hours has just been told.</summary>
internal sealed class RemindOfAppointments(VaccinationDb db, BookingMail mail, TimeProvider clock) : IScheduledJob
{
    public static readonly TimeSpan Before = TimeSpan.FromHours(72);

    private const int AtATime = 200;

    public static string Name => "vaccination.remind";
    public static string Title => "Ricorda l’appuntamento 72 ore prima";
    public static string Cron => "0 20 7-20 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var reminded = 0;
        while (true)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var until = now + Before;
            var due = await db.Appointments.AsNoTracking()
                .Where(a => a.State == AppointmentState.Booked && a.RemindedAt == null && db.Slots.Any(s => s.Id == a.SlotId && s.StartsAt > now && s.StartsAt <= until))
                .OrderBy(a => a.Id).Take(AtATime)
                .Select(a => new
                {
                    a.Id,
                    a.BookingId,
                    a.StartsAt,
                    a.SlotId,
                    db.Bookings.First(b => b.Id == a.BookingId).BookedAt,
                    MovedAt = db.BookingChanges.Where(c => c.BookingId == a.BookingId && c.Dose == a.Dose).Max(c => (DateTime?)c.At),
                }).ToListAsync(cancellation);
            if (due.Count == 0)
                return new("{0} appuntamenti ricordati", reminded);
            var late = due.Where(d => d.BookedAt <= d.StartsAt - Before && (d.MovedAt is null || d.MovedAt <= d.StartsAt - Before)).ToList();
            // The mails first: interrupted here, the next run posts the same ones again, and they are known.
            await mail.Post([.. late.Select(d => (StableId.Of(d.Id, "reminder " + d.SlotId), d.BookingId))], BookingMailKind.Reminder, cancellation);
            reminded += late.Count;
            var ids = due.Select(d => d.Id).ToArray();
            await db.Appointments.Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.RemindedAt, now), cancellation);
        }
    }
}
