using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Stock;

namespace Platform.VaccinationBooking.Doses;

/// <summary>Her time of observation is over and she goes home.</summary>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record EndObservation(Guid Dose) : ICommand<DateTime>
{
    internal sealed class Handler(VaccinationDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<EndObservation, DateTime>
    {
        public async Task<DateTime> Handle(EndObservation request, CancellationToken cancellationToken)
        {
            var dose = await db.Doses.Within(GivenDose.Scope, user, VaccinationModule.MayVaccinate).SingleOrDefaultAsync(d => d.Id == request.Dose && d.ObserveUntil != null, cancellationToken) ?? throw Refusal.NotFound();
            if (dose.ObservedAt is null && clock.GetUtcNow().UtcDateTime < dose.ObserveUntil)
                throw new Refusal("observation-too-short", "Il tempo di osservazione non è ancora finito.");
            dose.ObservedAt ??= clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            return dose.ObservedAt.Value;
        }
    }
}

/// <summary>Something befell her after the dose: noted for pharmacovigilance, within 36 hours (DM 12/12/2003 as amended).</summary>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record ReportAdverseEvent : ICommand<Guid>
{
    /// <summary>Made by the form: sent twice, it is one report.</summary>
    public Guid Id { get; init; }

    public Guid Dose { get; init; }
    public List<string> Reactions { get; init; } = [];
    public bool Serious { get; init; }
    public AdverseCriterion? Criterion { get; init; }
    public AdverseOutcome Outcome { get; init; }
    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<ReportAdverseEvent>
    {
        public Validator(Region region)
        {
            RuleFor(a => a.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(a => a.Reactions).NotEmpty().WithMessage("Scelga almeno una reazione.").Must(r => r.TrueForAll(c => region.Vaccination.Reactions.Any(k => k.Code == c))).WithMessage("Il valore non è valido.");
            RuleFor(a => a.Criterion).NotNull().When(a => a.Serious).WithMessage("Indichi perché è grave.").IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(a => a.Outcome).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(a => a.Note).MaximumLength(AdverseEvent.TextLength).WithMessage("Il testo è troppo lungo.");
        }
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<ReportAdverseEvent, Guid>
    {
        public Task<Guid> Handle(ReportAdverseEvent request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var dose = await db.Doses.AsNoTracking().Within(GivenDose.Scope, user, VaccinationModule.MayVaccinate).SingleOrDefaultAsync(d => d.Id == request.Dose, cancellationToken) ?? throw Refusal.NotFound();
            if (await db.AdverseEvents.AnyAsync(a => a.Id == request.Id, cancellationToken))
                return request.Id; // The form came twice.
            var now = clock.GetUtcNow().UtcDateTime;
            db.Add(new AdverseEvent
            {
                Id = request.Id, DoseId = dose.Id, PatientId = dose.PatientId, Reactions = string.Join(' ', request.Reactions.Distinct()), Serious = request.Serious,
                Criterion = request.Serious ? request.Criterion : null, Outcome = request.Outcome,
                BeganAt = now, Note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim(), ReportedBy = user.DisplayName, ReportedAt = now,
            });
            await db.SaveChangesAsync(cancellationToken);
            return request.Id;
        });
    }
}

/// <summary>A dose was noted by mistake. It counts no more, and its lot has it back.</summary>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record AnnulDose : ICommand<Guid>
{
    public Guid Dose { get; init; }
    public string? Why { get; init; }

    internal sealed class Validator : AbstractValidator<AnnulDose>
    {
        public Validator() => RuleFor(a => a.Why).NotEmpty().WithMessage("Scriva il motivo.").MaximumLength(StockMove.NoteLength).WithMessage("Al massimo 200 caratteri.");
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<AnnulDose, Guid>
    {
        public Task<Guid> Handle(AnnulDose request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var dose = await db.Doses.Within(GivenDose.Scope, user, VaccinationModule.MayVaccinate).SingleOrDefaultAsync(d => d.Id == request.Dose && d.CentreCode != null, cancellationToken) ?? throw Refusal.NotFound();
            if (dose.AnnulledAt is not null)
                return dose.Id; // It came twice.
            if (await db.Doses.AnyAsync(d => d.PatientId == dose.PatientId && d.Disease == dose.Disease && d.Stands != null && d.GivenAt > dose.GivenAt, cancellationToken))
                throw new Refusal("later-dose", "Dopo questa ne ha ricevuta un’altra: si annulla prima quella.");
            var now = clock.GetUtcNow().UtcDateTime;
            (dose.Stands, dose.AnnulledAt, dose.WhyAnnulled) = (null, now, request.Why!.Trim());
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (dose.LotId is { } lot)
                await db.Move(lot, StableId.Of(dose.Id, "annulled"), StockMoveKind.Given, +1, now, user.DisplayName, null, cancellationToken);
            if (await db.Arrivals.SingleOrDefaultAsync(a => a.Id == dose.ArrivalId, cancellationToken) is { } arrival)
            {
                arrival.State = ArrivalState.Fit;
                if (arrival.AppointmentId is { } appointment)
                    await db.Appointments.Where(a => a.Id == appointment && a.State == AppointmentState.Done).ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AppointmentState.CheckedIn), cancellationToken);
            }

            if (await db.Arrivals.Where(a => a.Id == dose.ArrivalId).Select(a => a.BookingId).SingleOrDefaultAsync(cancellationToken) is { } booking)
                await Reopen(booking, cancellationToken);
            db.Tell(new DoseAnnulled(dose.Id, dose.PatientId));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return dose.Id;
        });

        // Unless she has booked again meanwhile.
        private async Task Reopen(Guid id, CancellationToken cancellation)
        {
            var booking = await db.Bookings.AsNoTracking().SingleAsync(b => b.Id == id, cancellation);
            var key = Booking.OpenKeyOf(booking.CampaignCode, booking.PatientId);
            await db.Bookings.Where(b => b.Id == id && b.State == BookingState.Completed && !db.Bookings.Any(o => o.OpenKey == key))
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.State, BookingState.Booked).SetProperty(b => b.OpenKey, key).SetProperty(b => b.EndedAt, (DateTime?)null).SetProperty(b => b.Version, b => b.Version + 1), cancellation);
        }
    }
}

/// <summary>Whose appointment was yesterday or before and who has not come: noted so that places and doses are counted right. Who comes later
/// is still accepted with her code.</summary>
/// <returns>How many.</returns>
[BetweenModules]
internal sealed record NoteNoShows : ICommand<int>
{
    internal sealed class Handler(VaccinationDb db, PlaceLedger places, Region region, TimeProvider clock) : IRequestHandler<NoteNoShows, int>
    {
        private const int AtOnce = 500;

        public async Task<int> Handle(NoteNoShows request, CancellationToken cancellationToken)
        {
            var today = region.UtcOf(region.DayOf(clock.GetUtcNow()), TimeOnly.MinValue);
            for (var all = 0; ;)
            {
                var missed = await db.Appointments.Where(a => a.State == AppointmentState.Booked && a.StartsAt < today).OrderBy(a => a.StartsAt).Take(AtOnce).Select(a => a.Id).ToListAsync(cancellationToken);
                if (missed.Count == 0)
                    return all;
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                all += await db.Appointments.Where(a => missed.Contains(a.Id) && a.State == AppointmentState.Booked).ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AppointmentState.NoShow), cancellationToken);
                db.Tell(new AppointmentsMissed([.. missed]));
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                db.ChangeTracker.Clear();
                await GiveBackSecondDoses(missed, cancellationToken);
            }
        }

        /// <summary>Without the first dose the second is not due: its place is somebody else's, and she may book both again.</summary>
        private async Task GiveBackSecondDoses(List<Guid> missed, CancellationToken cancellation)
        {
            var bookings = await db.Bookings.Where(b => b.OpenKey != null && b.Appointments.Any(a => missed.Contains(a.Id) && a.Dose == 1) && b.Appointments.Any(a => a.Dose == 2 && a.State == AppointmentState.Booked))
                .Select(b => b.Id).ToListAsync(cancellation);
            foreach (var booking in bookings)
                await places.Commit(new LeavePlaces(StableId.Of(booking, "no-show"), booking, Why: "no-show", KeepMissed: true));
        }
    }
}

internal sealed class NoteNoShowsEachNight(IMediator mediator) : IScheduledJob
{
    public static string Name => "vaccination.no-shows";
    public static string Title => "Segna chi non si è presentato alla vaccinazione";
    public static string Cron => "0 10 1 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation) => new("{0} persone non presentate", await mediator.Send(new NoteNoShows(), cancellation));
}
