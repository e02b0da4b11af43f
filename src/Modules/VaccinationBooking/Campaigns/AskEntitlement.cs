using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Defence;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking.Campaigns;

/// <summary>A citizen says who she is with fiscal code and health card, and learns whether she may book. Unknown code and wrong card
/// have one answer.</summary>
[OpenToAll("A citizen is known by fiscal code and card number together; wrong attempts are counted by address.")]
internal sealed record AskEntitlement : ICommand<EntitlementAnswer>
{
    public string Campaign { get; init; } = "";
    public string? FiscalCode { get; init; }

    /// <summary>The last thirteen digits, or all twenty.</summary>
    public string? Card { get; init; }

    /// <summary>Categories that she says she belongs to, of those that the region asks citizens about.</summary>
    public List<string> Declared { get; init; } = [];

    /// <summary>Of the waiting room, where one stands in front of the campaign.</summary>
    public string? Ticket { get; init; }

    /// <summary>That she is not a script, where it is asked for and no waiting room has asked before.</summary>
    public Proof? Proof { get; init; }

    /// <summary>Network address, set by the page or the endpoint.</summary>
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<AskEntitlement>
    {
        public Validator()
        {
            RuleFor(a => a.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").MaximumLength(20).WithMessage("Il codice fiscale ha 16 caratteri.");
            RuleFor(a => a.Card).NotEmpty().WithMessage("Scriva le ultime 13 cifre della tessera sanitaria.").MaximumLength(30).WithMessage("Scriva le ultime 13 cifre della tessera sanitaria.");
            RuleFor(a => a.Card).Must(c => HealthCard.LastDigits(c) is not null).When(a => a.Card is { Length: > 0 and <= 30 }).WithMessage("Scriva le ultime 13 cifre della tessera sanitaria, senza lettere.");
        }
    }

    internal sealed class Handler(CampaignBook campaigns, Door door, Guard guard, RecognitionDesk desk, Declarations declarations, WrongCards wrong, BookingPasses passes, Region region, TimeProvider clock) : IRequestHandler<AskEntitlement, EntitlementAnswer>
    {
        public async Task<EntitlementAnswer> Handle(AskEntitlement request, CancellationToken cancellationToken)
        {
            var page = await campaigns.Find(request.Campaign) ?? throw Refusal.NotFound();
            if (page.Campaign.State == CampaignState.Draft)
                throw Refusal.NotFound();
            wrong.Check(request.Address);
            if (!page.Campaign.WaitingRoom)
                guard.Check(page.Campaign, request.Proof, Challenge.Joined(request.FiscalCode, request.Card), request.Address);
            var number = await door.NumberOf(page.Campaign, request.Ticket, request.FiscalCode!);
            var person = await desk.Of(request.FiscalCode!.Trim().ToUpperInvariant(), HealthCard.LastDigits(request.Card)!);
            if (person is null)
            {
                wrong.Count(request.Address);
                throw new Refusal("not-recognised", "Codice fiscale e tessera sanitaria non corrispondono. Li riscriva come sono sulla tessera; se è sicuro che siano giusti, chiami il numero verde.") { Kind = RefusalKind.Unprocessable };
            }

            var declared = declarations.Among(request.Declared);
            var turn = PersonsTurn.Of(page, person.FactsFor(page.Campaign.Disease, declared), region, clock.GetUtcNow().UtcDateTime);
            if (turn.Entitlement is { State: EntitlementState.Entitled, Group.Category: { } category } && !person.Categories.Contains(category))
                await declarations.Keep(person.PatientId, category, cancellationToken);
            var pass = turn.ToBook is null ? null : passes.Issue(request.Campaign, person.PatientId, turn.Entitlement.Group!.Id, number, turn.ToBook);
            return EntitlementAnswer.Of(page, turn, person.GivenName, person.MunicipalityIstat, pass);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/campaigns/{campaign}/entitlement",
                    async (string campaign, [FromBody] EntitlementBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                        Answer.Json(await mediator.Send(
                            new AskEntitlement { Campaign = campaign, FiscalCode = body.FiscalCode, Card = body.Card, Declared = [.. body.Declared ?? []], Ticket = body.Ticket, Proof = body.Proof, Address = http.Connection.RemoteIpAddress?.ToString() ?? "" }, cancellation)))
                .WithExample(Examples.AskEntitlement, Examples.Entitlement, Examples.Campaign).WithTags("Vaccinazioni").WithSummary("Says whether a citizen may book in a campaign, and gives the pass to do it.")
                .Produces<EntitlementAnswer>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}

internal sealed record EntitlementBody(string? FiscalCode, string? Card, string? Ticket, IReadOnlyList<string>? Declared = null, Proof? Proof = null);

/// <param name="Group">In the reader's language.</param>
/// <param name="OpensAt">UTC; when her turn comes.</param>
/// <param name="Doses">To book together.</param>
/// <param name="Dose">Which is due to her.</param>
/// <param name="Places">Which places of a centre she takes: 2 where only her second dose is missing.</param>
/// <param name="NotBefore">The first day for it, where there is one; so <paramref name="NotAfter"/>.</param>
/// <param name="Pass">To book with; null unless she may now.</param>
internal sealed record EntitlementAnswer(
    EntitlementState State, string? Group, DateTime? OpensAt, string GivenName, string? MunicipalityIstat, int Doses, string? Pass, DoseKind? Dose, int Places,
    DateOnly? NotBefore, DateOnly? NotAfter)
{
    public static EntitlementAnswer Of(CampaignPage page, PersonsTurn turn, string givenName, string? municipality, string? pass) => new(
        turn.Entitlement.State, turn.Entitlement.Group?.Name, turn.Entitlement.OpensAt, givenName, municipality, turn.ToBook?.Count ?? page.Campaign.Doses, pass, turn.Due.Kind,
        turn.ToBook?.First ?? 1, turn.ToBook?.NotBefore, turn.ToBook?.NotAfter);
}

/// <summary>Who guesses cards is stopped by her address, for the rest of the minute.</summary>
internal sealed class WrongCards(IConfiguration configuration, TimeProvider clock)
{
    private const int AMinute = 20;

    private readonly CountedWindow window = new(configuration.GetValue("Vaccination:WrongCardsPerMinute", AMinute), clock);
    private readonly CountedWindow stopped = new(1, clock);

    public void Check(string address)
    {
        if (stopped.Peek(address) > 0)
            throw new Refusal("too-many-attempts", "Troppi tentativi: attenda un minuto e riprovi.") { Kind = RefusalKind.TooMany };
    }

    public void Count(string address)
    {
        if (!window.Take(address).Allowed)
            stopped.Take(address);
    }
}
