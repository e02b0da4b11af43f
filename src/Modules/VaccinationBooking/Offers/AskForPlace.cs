using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Operations;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.Offers;

/// <summary>A citizen asks to be told when a place opens near her, or puts herself on the stand-by list for left-over doses. Asked again, it is
/// the same wish, and keeps its place in line.</summary>
[OpenToAll("The pass, or fiscal code and card together, say who she is; wrong attempts are counted by address.")]
internal sealed record AskForPlace : ICommand<WishAnswer>
{
    /// <summary>Of who has just been recognised; else the campaign, the fiscal code and the card, for which no place in the waiting room is needed.</summary>
    public string? Pass { get; init; }

    public string? Campaign { get; init; }
    public string? FiscalCode { get; init; }
    public string? Card { get; init; }
    public WishKind Kind { get; init; }

    /// <summary>Its name, as far as it says which, or its ISTAT code.</summary>
    public string? Municipality { get; init; }

    public string? Email { get; init; }
    public string Language { get; init; } = "it";
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<AskForPlace>
    {
        public Validator()
        {
            RuleFor(a => a.Campaign).NotEmpty().WithMessage("Scelga la campagna.").When(a => string.IsNullOrEmpty(a.Pass));
            RuleFor(a => a.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").When(a => string.IsNullOrEmpty(a.Pass));
            RuleFor(a => a.FiscalCode).MaximumLength(20).WithMessage("Il codice fiscale ha 16 caratteri.");
            RuleFor(a => a.Card).Must(c => HealthCard.LastDigits(c) is not null).WithMessage("Scriva le ultime 13 cifre della tessera sanitaria, senza lettere.").When(a => string.IsNullOrEmpty(a.Pass));
            RuleFor(a => a.Kind).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(a => a.Municipality).NotEmpty().WithMessage("Scriva il comune.").MaximumLength(80).WithMessage("Il testo è troppo lungo.");
            RuleFor(a => a.Email).NotEmpty().WithMessage("Scriva l’indirizzo e-mail a cui avvisarla.").IsMail();
            RuleFor(a => a.Email).Must(BookingMail.Reaches).When(a => !string.IsNullOrEmpty(a.Email)).WithMessage("L’indirizzo e-mail non è scritto bene.");
            RuleFor(a => a.Language).Must(l => l is "it" or "en").WithMessage("Il valore non è valido.");
        }
    }

    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, BookingPasses passes, RecognitionDesk desk, WrongCards wrong, Region region, TimeProvider clock)
        : IRequestHandler<AskForPlace, WishAnswer>
    {
        public Task<WishAnswer> Handle(AskForPlace request, CancellationToken cancellationToken) => db.OnceMore(() => Ask(request, cancellationToken));

        private async Task<WishAnswer> Ask(AskForPlace request, CancellationToken cancellation)
        {
            var pass = string.IsNullOrEmpty(request.Pass) ? await Recognise(request) : passes.Open(request.Pass);
            var page = await campaigns.Find(pass.Campaign) ?? throw Refusal.NotFound();
            var group = page.Groups.FirstOrDefault(g => g.Id == pass.GroupId) ?? throw Refusal.NotFound();
            var near = Whereabouts.Meant(region, request.Municipality!);
            var open = Booking.OpenKeyOf(pass.Campaign, pass.PatientId);
            if (await db.Bookings.AnyAsync(b => b.OpenKey == open, cancellation))
                throw new Refusal("already-booked", "Ha già una prenotazione aperta: la trova in «Gestisci la prenotazione», con il codice che ha ricevuto.");
            var key = PlaceWish.OpenKeyOf(pass.Campaign, pass.PatientId, request.Kind);
            var wish = await db.Wishes.SingleOrDefaultAsync(w => w.OpenKey == key, cancellation);
            if (wish is null)
            {
                var now = clock.GetUtcNow();
                wish = new()
                {
                    Id = Guid.CreateVersion7(now), CampaignCode = pass.Campaign, PatientId = pass.PatientId, GroupId = group.Id, Priority = group.Priority, Kind = request.Kind, OpenKey = key,
                    MunicipalityIstat = near.Istat, Since = now.UtcDateTime, Email = request.Email!.Trim(), Language = request.Language,
                };
                db.Add(wish);
                await db.SaveChangesAsync(cancellation);
            }

            return new(wish.State, region.FindMunicipality(wish.MunicipalityIstat)?.Name ?? "", 1 + await db.Wishes.CountAsync(w => w.CampaignCode == wish.CampaignCode && w.Kind == wish.Kind && w.State == WishState.Waiting
                && (w.Priority < wish.Priority || (w.Priority == wish.Priority && w.Since < wish.Since)), cancellation));
        }

        private async Task<BookingPass> Recognise(AskForPlace request)
        {
            wrong.Check(request.Address);
            var page = await campaigns.Find(request.Campaign!) is { Campaign.State: not CampaignState.Draft } found ? found : throw Refusal.NotFound();
            if (await desk.Of(request.FiscalCode!.Trim().ToUpperInvariant(), HealthCard.LastDigits(request.Card)!) is not { } person)
            {
                wrong.Count(request.Address);
                throw new Refusal("not-recognised", "Codice fiscale e tessera sanitaria non corrispondono. Li riscriva come sono sulla tessera; se è sicuro che siano giusti, chiami il numero verde.") { Kind = RefusalKind.Unprocessable };
            }

            var now = clock.GetUtcNow().UtcDateTime;
            var entitlement = PersonsTurn.Of(page, person.FactsFor(page.Campaign.Disease), region, now).Entitlement;
            if (entitlement is not { State: EntitlementState.Entitled, Group: { } group })
                throw new Refusal("not-in-a-group", "Questa campagna non è ancora aperta alla sua età: non serve aspettare. Guardi le date di apertura.");
            return new(page.Campaign.Code, person.PatientId, group.Id, null, now);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/wishes",
                    async ([FromBody] WishBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                        Answer.Json(await mediator.Send(
                            new AskForPlace { Pass = body.Pass, Campaign = body.Campaign, FiscalCode = body.FiscalCode, Card = body.Card, Kind = body.StandBy ? WishKind.StandBy : WishKind.NearMe, Municipality = body.Municipality, Email = body.Email, Language = body.Language ?? "it", Address = http.Address() },
                            cancellation)))
                .WithExample(Examples.Wish, Examples.OnTheList).WithTags("Vaccinazioni").WithSummary("Puts a citizen in line for a place near her, or for left-over doses: by priority of her group, then by the instant of asking.")
                .Produces<WishAnswer>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}

internal sealed record WishBody(string? Pass, string? Campaign, string? FiscalCode, string? Card, bool StandBy, string? Municipality, string? Email, string? Language);

/// <param name="Near">The municipality that was understood.</param>
/// <param name="Position">In line, among those who wait.</param>
internal sealed record WishAnswer(WishState State, string Near, int Position);
