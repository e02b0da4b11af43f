using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Stock;

namespace Platform.VaccinationBooking.Doses;

/// <summary>The dose is given: out of a lot of the centre, the one that is due to her, to who has consented. Stock, vial, appointment and booking
/// follow in the same commit.</summary>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record GiveDose : ICommand<Guid>
{
    /// <summary>Made by the form: sent twice, it is one dose.</summary>
    public Guid Id { get; init; }

    public Guid Arrival { get; init; }
    public Guid? Lot { get; init; }
    public InjectionSite? Site { get; init; }

    /// <summary>Fifteen minutes, or longer for who has had reactions.</summary>
    public int? ObserveMinutes { get; init; } = 15;

    internal sealed class Validator : AbstractValidator<GiveDose>
    {
        public Validator()
        {
            RuleFor(d => d.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(d => d.Lot).NotNull().WithMessage("Scelga il lotto.");
            RuleFor(d => d.Site).NotNull().WithMessage("Scelga la sede dell’iniezione.").IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(d => d.ObserveMinutes).NotNull().InclusiveBetween(0, 120).WithMessage("Da 0 a 120 minuti.");
        }
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<GiveDose, Guid>
    {
        public Task<Guid> Handle(GiveDose request, CancellationToken cancellationToken) => db.OnceMore(() => Give(request, cancellationToken));

        private async Task<Guid> Give(GiveDose request, CancellationToken cancellationToken)
        {
            var arrival = await db.Arrivals.Within(Doses.Arrival.Scope, user, VaccinationModule.MayVaccinate).SingleOrDefaultAsync(a => a.Id == request.Arrival, cancellationToken) ?? throw Refusal.NotFound();
            if (await db.Doses.AnyAsync(d => d.Id == request.Id && d.ArrivalId == arrival.Id, cancellationToken))
                return request.Id; // The form came twice.
            if (arrival.State != ArrivalState.Fit)
                throw new Refusal("not-assessed", arrival.State == ArrivalState.Waiting ? "Prima si raccolgono anamnesi e consenso." : "Questa persona ha già finito: ricarichi la lista.");
            var (now, day) = (clock.GetUtcNow().UtcDateTime, region.DayOf(clock.GetUtcNow()));
            var lot = await db.StockLots.AsNoTracking().SingleOrDefaultAsync(l => l.Id == request.Lot && l.CentreCode == arrival.CentreCode, cancellationToken) ?? throw Refusal.NotFound();
            var person = await db.Vaccinees.AsNoTracking().SingleAsync(v => v.PatientId == arrival.PatientId, cancellationToken);
            var campaign = await db.Campaigns.AsNoTracking().SingleAsync(c => c.Code == arrival.CampaignCode, cancellationToken);
            var vaccine = Check(lot, campaign.Disease, person.BirthDate, day);
            var (due, past) = await db.DueTo(region, arrival.PatientId, campaign.Disease, person.BirthDate, day, cancellationToken);
            // The same form at the same moment: by now the dose that was due is this one.
            if (!due.On(day) && await db.Doses.AnyAsync(d => d.Id == request.Id && d.ArrivalId == arrival.Id, cancellationToken))
                return request.Id;
            if (due.Kind is not { } kind)
                throw new Refusal("nothing-due", "Per questa malattia non le spetta oggi nessun’altra dose.");
            if (!due.On(day))
                throw new Refusal("too-early", "La dose si può dare dal {0}.", due.NotBefore!.Value.ToString("d", System.Globalization.CultureInfo.CurrentCulture));
            if (kind == DoseKind.Second && past[^1].Vaccine != vaccine.Code && region.Vaccination.VaccineOf(past[^1].Vaccine, day) is { } first && IsOldEnough(first, person.BirthDate, day))
                throw new Refusal("other-vaccine", "La seconda dose è dello stesso vaccino della prima: {0}.", first.Name);

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Move(lot.Id, StableId.Of(request.Id, "given"), StockMoveKind.Given, -1, now, user.DisplayName, null, cancellationToken);
            await db.FromVial(lot, vaccine.DosesPerVial, TimeSpan.FromHours(vaccine.HoursOpen), now, cancellationToken);
            db.Add(new GivenDose
            {
                Id = request.Id, PatientId = arrival.PatientId, Disease = campaign.Disease, VaccineCode = vaccine.Code, Kind = kind, Stands = GivenDose.StandsOf(arrival.PatientId, campaign.Disease, kind),
                GivenAt = now, Day = day, Age = GivenDose.AgeOn(day, person.BirthDate), Sex = person.Sex, CentreCode = arrival.CentreCode, ArrivalId = arrival.Id, LotId = lot.Id, LotNumber = lot.LotNumber, Site = request.Site, GivenBy = user.DisplayName,
                Category = arrival.Category, AslCode = person.AslCode, GpCode = person.GpCode, ObserveUntil = now.AddMinutes(request.ObserveMinutes!.Value),
            });
            arrival.State = ArrivalState.Vaccinated;
            db.Tell(new DoseAdministered(request.Id, arrival.PatientId, vaccine.Code, campaign.Disease, kind, now, arrival.CentreCode, arrival.BookingId));
            await db.SaveChangesAsync(cancellationToken);
            if (arrival.AppointmentId is { } appointment)
                await Done(appointment, arrival.BookingId!.Value, now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return request.Id;
        }

        private Vaccine Check(StockLot lot, string disease, DateOnly? born, DateOnly day)
        {
            if (lot.ExpiresOn < day)
                throw new Refusal("lot-expired", "Questo lotto è scaduto: ne scelga un altro.");
            if (region.Vaccination.VaccineOf(lot.VaccineCode, day) is not { } vaccine || vaccine.Disease != disease)
                throw new Refusal("vaccine-of-other", "Questo vaccino non è di questa campagna, o ha un altro numero di dosi.") { Kind = RefusalKind.Unprocessable };
            return IsOldEnough(vaccine, born, day) ? vaccine
                : throw new Refusal("wrong-age", "Questo vaccino non è per la sua età: da {0} anni.", vaccine.FromAge) { Kind = RefusalKind.Unprocessable };
        }

        private static bool IsOldEnough(Vaccine vaccine, DateOnly? born, DateOnly day) =>
            born is null || (born.Value.AddYears(vaccine.FromAge) <= day && (vaccine.ToAge is null || born.Value.AddYears(vaccine.ToAge.Value + 1) > day));

        /// <summary>The appointment is done; when it was the last, so is the booking.</summary>
        private async Task Done(Guid appointment, Guid booking, DateTime at, CancellationToken cancellation)
        {
            await db.Appointments.Where(a => a.Id == appointment).ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AppointmentState.Done), cancellation);
            await db.Bookings.Where(b => b.Id == booking && b.State == BookingState.Booked && !b.Appointments.Any(a => a.State == AppointmentState.Booked || a.State == AppointmentState.CheckedIn))
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.State, BookingState.Completed).SetProperty(b => b.OpenKey, (string?)null).SetProperty(b => b.EndedAt, at).SetProperty(b => b.Version, b => b.Version + 1), cancellation);
        }
    }
}
