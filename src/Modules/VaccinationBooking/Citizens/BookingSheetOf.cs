using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>A citizen's booking as it stands now, for her receipt and her papers. That it was looked at is a line in the audit.</summary>
[OpenToAll("The key is sealed, and given only to who made the booking or showed its code and her fiscal code.")]
internal sealed record BookingSheetOf : BookingProof, ICommand<BookingSheet>
{
    internal sealed class Handler(VaccinationDb db, BookingKeys keys, ICurrentUser user, TimeProvider clock) : IRequestHandler<BookingSheetOf, BookingSheet>
    {
        public async Task<BookingSheet> Handle(BookingSheetOf request, CancellationToken cancellationToken)
        {
            var (id, by) = await keys.Open(request, cancellationToken);
            var booking = await db.Bookings.AsNoTracking().Include(b => b.Appointments).SingleOrDefaultAsync(b => b.Id == id, cancellationToken) ?? throw Refusal.NotFound();
            var person = await db.Vaccinees.AsNoTracking().SingleAsync(v => v.PatientId == booking.PatientId, cancellationToken);
            var campaign = await db.Campaigns.AsNoTracking().SingleAsync(c => c.Code == booking.CampaignCode, cancellationToken);
            var centre = await db.Centres.AsNoTracking().SingleAsync(c => c.Code == booking.CentreCode, cancellationToken);
            var now = clock.GetUtcNow().UtcDateTime;
            var slots = booking.Appointments.Select(a => a.SlotId).ToArray();
            var minutes = await db.Slots.AsNoTracking().Where(s => slots.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Minutes, cancellationToken);
            db.Touched(user, "read", "vaccination.Booking", booking.PatientId, request.Address, by);
            await db.SaveChangesAsync(cancellationToken);
            return new(
                booking.Id, booking.Code, booking.State, campaign.Code, campaign.Name, person.FamilyName, person.GivenName, person.BirthDate, person.FiscalCode,
                centre.Code, centre.Name, $"{centre.Address}, {centre.PostalCode}", centre.MunicipalityIstat, booking.VaccineCode, booking.Email, booking.Phone, booking.Moves,
                Math.Max(0, campaign.MovesAtMost - booking.Moves),
                [.. booking.Appointments.OrderBy(a => a.Dose).Select(a => new AppointmentSheet(
                    a.Id, a.Dose, a.SlotId, a.StartsAt, minutes.GetValueOrDefault(a.SlotId, 10), a.State,
                    booking.State == BookingState.Booked && a.State == AppointmentState.Booked && a.StartsAt > now))]);
        }
    }
}

/// <param name="Email">As far as it is hers to correct; null where she gave none.</param>
internal sealed record BookingSheet(
    Guid Id, string Code, BookingState State, string CampaignCode, string Campaign, string FamilyName, string GivenName, DateOnly? BirthDate, string? FiscalCode,
    string CentreCode, string Centre, string Address, string MunicipalityIstat, string Vaccine, string? Email, string? Phone, int Moves, int MovesLeft, IReadOnlyList<AppointmentSheet> Appointments);

/// <param name="StartsAt">UTC.</param>
/// <param name="ToCome">It can still be moved or given up.</param>
internal sealed record AppointmentSheet(Guid Id, int Dose, Guid SlotId, DateTime StartsAt, int Minutes, AppointmentState State, bool ToCome);
