using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Centres;

/// <summary>Hours of a centre for a vaccine of a campaign on some weekdays, with so many places for each dose. Slots are made at once.</summary>
/// <returns>How many slots were made.</returns>
[Requires(VaccinationModule.MayRunCentres)]
internal sealed record AddCentreOpening : ICommand<int>
{
    /// <summary>Made by the form: sent twice, it is one opening.</summary>
    public Guid Id { get; init; }

    public string? Centre { get; init; }
    public string? Campaign { get; init; }
    public string? Vaccine { get; init; }
    public List<string> Weekdays { get; init; } = [];
    public TimeOnly? From { get; init; }
    public TimeOnly? To { get; init; }
    public int? SlotMinutes { get; init; } = 15;
    public int? FirstDoses { get; init; }
    public int? SecondDoses { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }

    internal sealed class Validator : AbstractValidator<AddCentreOpening>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(o => o.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(o => o.Campaign).NotEmpty().WithMessage("Scelga la campagna.");
            RuleFor(o => o.Vaccine).NotEmpty().WithMessage("Scelga il vaccino.");
            RuleFor(o => o.Weekdays).NotEmpty().WithMessage("Scelga almeno un giorno della settimana.").Must(days => days.TrueForAll(d => Enum.TryParse<DayOfWeek>(d, out var day) && Enum.IsDefined(day))).WithMessage("Il valore non è valido.");
            RuleFor(o => o.From).NotNull().WithMessage("Indichi l'ora di apertura.");
            RuleFor(o => o.To).NotNull().WithMessage("Indichi l'ora di chiusura.").Must((o, to) => to is null || o.From is null || to > o.From).WithMessage("La fine viene prima dell’inizio.");
            RuleFor(o => o.SlotMinutes).NotNull().InclusiveBetween(5, 720).WithMessage("Indichi i minuti di una fascia, da 5 a 720.");
            RuleFor(o => o.FirstDoses).NotNull().InclusiveBetween(0, 1000).WithMessage("Indichi i posti, da 0 a 1000.");
            RuleFor(o => o.SecondDoses).InclusiveBetween(0, 1000).WithMessage("Indichi i posti, da 0 a 1000.");
            RuleFor(o => o.FirstDoses).Must((o, first) => first + (o.SecondDoses ?? 0) > 0).When(o => o.FirstDoses is not null).WithMessage("Una fascia senza posti non serve: ne indichi almeno uno.");
            RuleFor(o => o.ValidFrom).NotNull().WithMessage("Indichi il primo giorno.").Must(day => day is null || day >= region.DayOf(clock.GetUtcNow())).WithMessage("Il primo giorno non può essere nel passato.");
            RuleFor(o => o.ValidUntil).NotNull().WithMessage("Indichi l'ultimo giorno.").Must((o, until) => until is null || o.ValidFrom is null || (until >= o.ValidFrom && until <= o.ValidFrom.Value.AddYears(2)))
                .WithMessage("L’ultimo giorno viene dopo il primo, entro due anni.");
        }
    }

    internal sealed class Handler(VaccinationDb db, IMediator mediator, ICurrentUser user, Region region) : IRequestHandler<AddCentreOpening, int>
    {
        public Task<int> Handle(AddCentreOpening request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var centre = await db.Centres.AsNoTracking().Within(Centres.Centre.Scope, user, VaccinationModule.MayRunCentres)
                .SingleOrDefaultAsync(c => c.Code == request.Centre, cancellationToken) ?? throw Refusal.NotFound();
            var campaign = await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Code == request.Campaign, cancellationToken) ?? throw Refusal.NotFound();
            var vaccine = region.Vaccination.VaccineOf(request.Vaccine!, request.ValidFrom!.Value);
            if (vaccine is null || vaccine.Disease != campaign.Disease || vaccine.Doses < campaign.Doses)
                throw new Refusal("vaccine-of-other", "Questo vaccino non è di questa campagna, o ha un altro numero di dosi.") { Kind = RefusalKind.Unprocessable };
            if (campaign.Doses == 1 && request.SecondDoses > 0)
                throw new Refusal("single-dose", "La campagna ha una dose sola: non servono posti per la seconda.") { Kind = RefusalKind.Unprocessable };
            foreach (var weekday in request.Weekdays.Distinct())
            {
                var id = StableId.Of(request.Id, weekday);
                if (await db.Openings.AnyAsync(o => o.Id == id, cancellationToken))
                    continue; // The form came twice.
                db.Add(new CentreOpening
                {
                    Id = id, CampaignCode = campaign.Code, CentreCode = centre.Code, VaccineCode = vaccine.Code, Weekday = Enum.Parse<DayOfWeek>(weekday),
                    From = request.From!.Value, To = request.To!.Value, SlotMinutes = request.SlotMinutes!.Value, FirstDoses = request.FirstDoses!.Value,
                    SecondDoses = request.SecondDoses ?? 0, ValidFrom = request.ValidFrom.Value, ValidUntil = request.ValidUntil!.Value,
                });
            }

            await db.SaveChangesAsync(cancellationToken);
            return await mediator.Send(new MakeSlots { Centre = centre.Code }, cancellationToken);
        });
    }
}

/// <summary>Hours end with a day. Slots after it in which nobody has a place are taken away; in the others nobody can take one any more.</summary>
/// <returns>Places after that day that somebody still has: they are moved by closing the centre for those days.</returns>
[Requires(VaccinationModule.MayRunCentres)]
internal sealed record EndCentreOpening : ICommand<int>
{
    public Guid Id { get; init; }
    public DateOnly? LastDay { get; init; }

    internal sealed class Validator : AbstractValidator<EndCentreOpening>
    {
        public Validator(Region region, TimeProvider clock) =>
            RuleFor(o => o.LastDay).NotNull().WithMessage("Indichi l'ultimo giorno.")
                .Must(day => day is null || day >= region.DayOf(clock.GetUtcNow()).AddDays(-1)).WithMessage("L'ultimo giorno non può essere nel passato.");
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region) : IRequestHandler<EndCentreOpening, int>
    {
        public async Task<int> Handle(EndCentreOpening request, CancellationToken cancellationToken)
        {
            var mine = db.Centres.Within(Centre.Scope, user, VaccinationModule.MayRunCentres).Select(c => c.Code);
            var opening = await db.Openings.SingleOrDefaultAsync(o => o.Id == request.Id && mine.Contains(o.CentreCode), cancellationToken) ?? throw Refusal.NotFound();
            if (request.LastDay < opening.ValidUntil)
                opening.ValidUntil = request.LastDay!.Value;
            var after = region.UtcOf(opening.ValidUntil.AddDays(1), TimeOnly.MinValue);
            var slots = db.Slots.Where(s => s.OpeningId == opening.Id && s.StartsAt >= after);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await slots.ExecuteUpdateAsync(set => set.SetProperty(s => s.Closed, true), cancellationToken);
            await slots.Where(s => s.Taken == 0 && !db.Appointments.Any(a => a.SlotId == s.Id)).ExecuteDeleteAsync(cancellationToken);
            var left = await slots.SumAsync(s => s.Taken, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return left;
        }
    }
}
