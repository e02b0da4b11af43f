using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Offers;

/// <summary>Open vials would be thrown away this evening: their doses become places of today, offered at once to the stand-by list in its order
/// (ordinance 2/2021: in order of priority). What nobody of the list takes is open to everybody.</summary>
/// <returns>How many offers went out at once.</returns>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record OfferLeftOvers : ICommand<int>
{
    public const int Most = 200;

    /// <summary>Made by the client, the slot's own id: sent again, it is the same.</summary>
    public Guid Id { get; init; }

    public string? Centre { get; init; }
    public string? Campaign { get; init; }
    public string? Vaccine { get; init; }
    public int Doses { get; init; }

    /// <summary>Today, wall-clock time.</summary>
    public TimeOnly? At { get; init; }

    internal sealed class Validator : AbstractValidator<OfferLeftOvers>
    {
        public Validator()
        {
            RuleFor(o => o.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(o => o.Campaign).NotEmpty().WithMessage("Scelga la campagna.");
            RuleFor(o => o.Vaccine).NotEmpty().WithMessage("Scelga il vaccino.");
            RuleFor(o => o.Doses).InclusiveBetween(1, Most).WithMessage("Le dosi avanzate sono da 1 a 200.");
            RuleFor(o => o.At).NotNull().WithMessage("Indichi l’ora.");
        }
    }

    internal sealed class Handler(VaccinationDb db, OfferPlaces offers, CampaignBook campaigns, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<OfferLeftOvers, int>
    {
        public Task<int> Handle(OfferLeftOvers request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var centre = await db.Centres.AsNoTracking().Within(Centres.Centre.Scope, user, VaccinationModule.MayVaccinate).SingleOrDefaultAsync(c => c.Code == request.Centre, cancellationToken) ?? throw Refusal.NotFound();
            var campaign = (await campaigns.Find(request.Campaign!))?.Campaign ?? throw Refusal.NotFound();
            var today = region.DayOf(clock.GetUtcNow());
            if (region.Vaccination.VaccineOf(request.Vaccine!, today) is not { } vaccine)
                throw new Refusal("vaccine-unknown", "Questo vaccino non è tra quelli della regione.") { Kind = RefusalKind.Unprocessable };
            if (vaccine.Disease != campaign.Disease)
                throw new Refusal("vaccine-of-another", "Questo vaccino non è della campagna scelta.") { Kind = RefusalKind.Unprocessable };
            var at = region.UtcOf(today, request.At!.Value);
            if (at < clock.GetUtcNow().UtcDateTime.AddMinutes(30))
                throw new Refusal("left-overs-too-late", "Indichi un’ora ad almeno 30 minuti da adesso: chi è in lista deve poter arrivare.") { Kind = RefusalKind.Unprocessable };
            if (!await db.Slots.AnyAsync(s => s.Id == request.Id, cancellationToken))
            {
                db.Add(new VaccinationSlot { Id = request.Id, CampaignCode = campaign.Code, CentreCode = centre.Code, VaccineCode = request.Vaccine!, Dose = 1, StartsAt = at, Minutes = 30, Capacity = request.Doses });
                await db.SaveChangesAsync(cancellationToken);
            }

            return await offers.Offer(campaign, WishKind.StandBy, cancellationToken);
        });
    }
}
