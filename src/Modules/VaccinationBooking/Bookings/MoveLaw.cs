using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>When a booked dose may go to another place.</summary>
internal static class MoveLaw
{
    public static Refusal Gone(int dose) =>
        new("slot-gone", "Il posto per la dose {0} non è più libero: ne scelga un altro. Non ha perso niente di quello che aveva.", dose);

    public static Refusal NotForHer() =>
        new("not-for-her", "Questo appuntamento non va bene per lei: il vaccino non è per la sua età o non è quello della sua prima dose, oppure la data è troppo vicina. Ne scelga un altro.") { Kind = RefusalKind.Unprocessable };

    /// <exception cref="Refusal"><c>booking-over</c></exception>
    public static void CheckOpen(Booking booking)
    {
        if (booking.State != BookingState.Booked)
            throw new Refusal("booking-over", "Questa prenotazione è già conclusa o annullata: non c’è più niente da cambiare.");
    }

    /// <param name="slots">Those that stand, and those wanted.</param>
    /// <param name="movesAtMost">Null for an operator.</param>
    /// <exception cref="Refusal">Why not, and what to do.</exception>
    public static void Check(
        Booking booking, IReadOnlyDictionary<int, Guid> to, IReadOnlyDictionary<Guid, VaccinationSlot> slots, int? movesAtMost, bool mixed, Region region, DateTime now)
    {
        CheckOpen(booking);
        if (movesAtMost is { } most && booking.Moves >= most)
            throw new Refusal("moves-used", "Ha già spostato la prenotazione {0} volte, quante sono permesse: chiami il numero verde, oppure la annulli e prenoti di nuovo.", booking.Moves);
        foreach (var (dose, id) in to)
        {
            var appointment = booking.Appointments.Find(a => a.Dose == dose) ?? throw Refusal.NotFound();
            var movable = appointment.State == AppointmentState.Booked && (movesAtMost is null || appointment.StartsAt > now)
                || (appointment.State == AppointmentState.NoShow && movesAtMost is null);
            if (!movable)
                throw new Refusal("dose-not-movable", "L’appuntamento per la dose {0} è passato o la dose è già stata fatta: non si può spostare da qui.", dose);
            if (!slots.TryGetValue(id, out var slot) || slot.CampaignCode != booking.CampaignCode || slot.Closed || slot.StartsAt <= now)
                throw Gone(dose);
            if (slot.Dose != dose)
                throw Unfit();
        }

        var first = After(booking, 1, to);
        var second = After(booking, 2, to);
        if (first is null || second is null)
            return;
        var (one, two) = (slots[first.Value], slots[second.Value]);
        var given = booking.Appointments.Exists(a => a.Dose == 1 && a.State == AppointmentState.Done);
        var interval = region.Vaccination.IntervalOf(one.VaccineCode, region.DayOf(new DateTimeOffset(now, TimeSpan.Zero)));
        // Once the first dose is given the second may be had elsewhere: the vaccine stays.
        if ((one.VaccineCode != two.VaccineCode && !(mixed && given)) || (!given && one.CentreCode != two.CentreCode)
            || interval?.Allows(region.DayOf(new DateTimeOffset(one.StartsAt, TimeSpan.Zero)), region.DayOf(new DateTimeOffset(two.StartsAt, TimeSpan.Zero))) != true)
        {
            throw Unfit();
        }
    }

    private static Guid? After(Booking booking, int dose, IReadOnlyDictionary<int, Guid> to) =>
        to.TryGetValue(dose, out var wanted) ? wanted : booking.Appointments.Find(a => a.Dose == dose && a.State != AppointmentState.Cancelled)?.SlotId;

    private static Refusal Unfit() =>
        new("slots-do-not-fit", "Con questa data le due dosi non sono più alla distanza giusta, o non sarebbero nello stesso centro: sposti insieme anche l’altra dose.") { Kind = RefusalKind.Unprocessable };
}
