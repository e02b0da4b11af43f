using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.Doses;

/// <summary>Somebody has come to her appointment: the code or the square of her receipt is read, or her fiscal code. Read again, it is the same arrival.</summary>
/// <returns>The arrival.</returns>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record CheckInVaccinee : ICommand<Guid>
{
    public string? Centre { get; init; }

    /// <summary>Code of the booking, or fiscal code.</summary>
    public string? Text { get; init; }

    /// <summary>Also where her appointment is on another day: people mistake the day.</summary>
    public bool AnyDay { get; init; }

    internal sealed class Validator : AbstractValidator<CheckInVaccinee>
    {
        public Validator() => RuleFor(c => c.Text).NotEmpty().WithMessage("Legga il codice della prenotazione, o la tessera sanitaria.").MaximumLength(200).WithMessage("Il testo è troppo lungo.");
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<CheckInVaccinee, Guid>
    {
        public Task<Guid> Handle(CheckInVaccinee request, CancellationToken cancellationToken) => db.OnceMore(() => CheckIn(request, cancellationToken));

        private async Task<Guid> CheckIn(CheckInVaccinee request, CancellationToken cancellationToken)
        {
            await db.MustWorkAt(user, request.Centre, cancellationToken);
            var code = string.Concat(request.Text!.Where(char.IsLetterOrDigit)).ToUpperInvariant();
            var today = region.DayOf(clock.GetUtcNow());
            var found = await (
                from b in db.Bookings
                join a in db.Appointments on b.Id equals a.BookingId
                where b.CentreCode == request.Centre && a.State != AppointmentState.Cancelled && (b.Code == code || db.Vaccinees.Any(v => v.PatientId == b.PatientId && v.FiscalCode == code))
                orderby a.StartsAt
                select new { Appointment = a, b.PatientId, b.CampaignCode, Category = db.Groups.Where(g => g.Id == b.GroupId).Select(g => g.Category).FirstOrDefault() }).AsNoTracking().ToListAsync(cancellationToken);
            if (found.Count == 0)
                throw new Refusal("check-in-unknown", "In questo centro non c’è nessun appuntamento con questo codice: cerchi con il codice fiscale, o la accetti senza appuntamento.") { Kind = RefusalKind.Unprocessable };
            var open = found.Where(f => f.Appointment.State is AppointmentState.Booked or AppointmentState.CheckedIn or AppointmentState.NoShow).ToList();
            var hers = open.Find(f => region.DayOf(f.Appointment.StartsAt) == today) ?? (request.AnyDay ? open.FirstOrDefault() : null);
            if (hers is null)
            {
                throw open.Count > 0
                    ? new Refusal("other-day", "L’appuntamento è un altro giorno: {0}. Se la vuole accettare oggi, segni «Anche in un altro giorno».", region.LocalOf(open[0].Appointment.StartsAt).ToString("g", System.Globalization.CultureInfo.CurrentCulture))
                    : new Refusal("nothing-left", "Per questa prenotazione tutte le dosi sono già state date.");
            }

            if (await db.Arrivals.Where(a => a.PatientId == hers.PatientId && a.CampaignCode == hers.CampaignCode && a.Day == today).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancellationToken) is { } known)
                return known;
            var arrival = new Arrival
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), CentreCode = request.Centre!, CampaignCode = hers.CampaignCode, PatientId = hers.PatientId, AppointmentId = hers.Appointment.Id,
                BookingId = hers.Appointment.BookingId, Category = hers.Category, Day = today, ArrivedAt = clock.GetUtcNow().UtcDateTime,
            };
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            db.Add(arrival);
            await db.SaveChangesAsync(cancellationToken);
            // Cancelled at this very moment, it is no appointment any more.
            if (await db.Appointments.Where(a => a.Id == hers.Appointment.Id && a.State != AppointmentState.Cancelled && a.State != AppointmentState.Done)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AppointmentState.CheckedIn), cancellationToken) == 0)
                throw Refusal.ChangedMeanwhile();
            await transaction.CommitAsync(cancellationToken);
            return arrival.Id;
        }
    }
}

/// <summary>Somebody has come without an appointment: she must be entitled, and have none elsewhere.</summary>
/// <returns>The arrival.</returns>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record WalkIn : ICommand<Guid>
{
    public string? Centre { get; init; }
    public string? Campaign { get; init; }
    public string? FiscalCode { get; init; }

    internal sealed class Validator : AbstractValidator<WalkIn>
    {
        public Validator()
        {
            RuleFor(w => w.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").MaximumLength(20).WithMessage("Il codice fiscale ha 16 caratteri.");
            RuleFor(w => w.Campaign).NotEmpty().WithMessage("Scelga la campagna.");
        }
    }

    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<WalkIn, Guid>
    {
        public Task<Guid> Handle(WalkIn request, CancellationToken cancellationToken) => db.OnceMore(() => Come(request, cancellationToken));

        private async Task<Guid> Come(WalkIn request, CancellationToken cancellationToken)
        {
            await db.MustWorkAt(user, request.Centre, cancellationToken);
            var page = await campaigns.Find(request.Campaign!) ?? throw Refusal.NotFound();
            var code = request.FiscalCode!.Trim().ToUpperInvariant();
            var person = await db.Vaccinees.AsNoTracking().SingleOrDefaultAsync(v => v.FiscalCode == code && !v.Deceased, cancellationToken)
                ?? throw new Refusal("not-registered", "In anagrafe non c’è nessuno con questo codice fiscale: va prima registrato.") { Kind = RefusalKind.Unprocessable };
            var (now, today) = (clock.GetUtcNow().UtcDateTime, region.DayOf(clock.GetUtcNow()));
            if (await db.Arrivals.Where(a => a.PatientId == person.PatientId && a.CampaignCode == page.Campaign.Code && a.Day == today).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancellationToken) is { } known)
                return known;
            var key = Booking.OpenKeyOf(page.Campaign.Code, person.PatientId);
            if (await db.Bookings.AnyAsync(b => b.OpenKey == key, cancellationToken))
                throw new Refusal("has-booking", "Ha già una prenotazione in questa campagna: la accetti con quella, o prima la sposti.");
            var (entitlement, due, _) = await db.TurnOf(page, person.PatientId, person.BirthDate, region, now, cancellationToken);
            // Whoever has begun finishes, also when her group's time is over.
            if (due.Kind is not DoseKind.Second && entitlement.State != EntitlementState.Entitled)
                throw new Refusal("not-entitled", "Oggi non è il suo turno in questa campagna.");
            var arrival = new Arrival
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), CentreCode = request.Centre!, CampaignCode = page.Campaign.Code, PatientId = person.PatientId, Category = entitlement.Group?.Category, Day = today, ArrivedAt = now,
            };
            db.Add(arrival);
            await db.SaveChangesAsync(cancellationToken);
            return arrival.Id;
        }
    }
}

internal static class WorkAt
{
    /// <exception cref="Refusal">The centre is not the asker's, which looks as if it were not there.</exception>
    public static async Task MustWorkAt(this VaccinationDb db, ICurrentUser user, string? centre, CancellationToken cancellation)
    {
        if (!await db.Centres.Within(Centres.Centre.Scope, user, VaccinationModule.MayVaccinate).AnyAsync(c => c.Code == centre, cancellation))
            throw Refusal.NotFound();
    }
}
