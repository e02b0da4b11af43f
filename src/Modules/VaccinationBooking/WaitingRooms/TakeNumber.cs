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
using Platform.Patients.Contracts.FiscalCodes;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Defence;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>A citizen takes a number. Her fiscal code tells her age: who is of no group of the campaign learns it now, and does not wait
/// for nothing.</summary>
[OpenToAll("Anybody may stand in the queue; so many numbers a minute for one address.")]
internal sealed record TakeNumber : ICommand<TicketAnswer>
{
    public string Campaign { get; init; } = "";
    public string? FiscalCode { get; init; }

    /// <summary>That she is not a script, where it is asked for.</summary>
    public Proof? Proof { get; init; }

    /// <summary>Network address, set by the page or the endpoint.</summary>
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<TakeNumber>
    {
        public Validator() => RuleFor(t => t.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").MaximumLength(20).WithMessage("Il codice fiscale ha 16 caratteri.");
    }

    internal sealed class Handler(CampaignBook campaigns, RoomKeeper rooms, Tickets tickets, NumbersTaken taken, Guard guard, IBirthPlaces places, Region region, TimeProvider clock)
        : IRequestHandler<TakeNumber, TicketAnswer>
    {
        public async Task<TicketAnswer> Handle(TakeNumber request, CancellationToken cancellationToken)
        {
            var page = await campaigns.Find(request.Campaign) ?? throw Refusal.NotFound();
            var room = await rooms.Look(request.Campaign) ?? throw Refusal.NotFound();
            taken.Take(request.Address);
            guard.Check(page.Campaign, request.Proof, Challenge.Joined(request.FiscalCode), request.Address);
            var code = request.FiscalCode!.Trim().ToUpperInvariant();
            // By her age alone: a list may know more of her, so that only who is surely of no group is sent home.
            var listed = page.Groups.Any(g => g.Category is not null);
            var reading = Patients.Contracts.FiscalCodes.FiscalCode.Read(code, places, region.DayOf(clock.GetUtcNow()));
            if (!listed && reading.Valid && !page.Groups.Any(g => g.Fits(reading.BirthDate, [])))
                throw new Refusal("not-in-a-group", "Questa campagna non è ancora aperta alla sua età: non serve aspettare. Guardi le date di apertura.");
            if (room.State == WaitingRoomState.SoldOut)
                throw new Refusal("sold-out", "I posti sono finiti: non serve aspettare. Può lasciare un recapito per essere avvisato quando se ne libera uno.");
            var ticket = new Ticket(request.Campaign, await rooms.Next(request.Campaign), Tickets.OwnerOf(code));
            return new(tickets.Seal(ticket), room.NumberOf(ticket));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/campaigns/{campaign}/waiting-room/tickets",
                    async (string campaign, [FromBody] TicketBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                        Answer.Json(await mediator.Send(new TakeNumber { Campaign = campaign, FiscalCode = body.FiscalCode, Proof = body.Proof, Address = http.Connection.RemoteIpAddress?.ToString() ?? "" }, cancellation)))
                .WithExample(Examples.TakeNumber, Examples.Ticket, Examples.Campaign).WithTags("Vaccinazioni").WithSummary("Takes a number of the waiting room: keep the ticket, it is the place.")
                .Produces<TicketAnswer>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}

internal sealed record TicketBody(string? FiscalCode, Proof? Proof = null);

/// <param name="Ticket">The place itself: whoever keeps it comes back to the same place.</param>
/// <param name="Number">Null until the draw at the opening minute.</param>
internal sealed record TicketAnswer(string Ticket, long? Number);

/// <summary>So many numbers a minute for one address: a household behind one line has enough, a script has not.</summary>
internal sealed class NumbersTaken(IConfiguration configuration, TimeProvider clock)
{
    private const int AMinute = 30;

    private readonly CountedWindow window = new(configuration.GetValue("Vaccination:NumbersPerMinute", AMinute), clock);

    public void Take(string address)
    {
        if (!window.Take(address).Allowed)
            throw new Refusal("too-many-attempts", "Troppi tentativi: attenda un minuto e riprovi.") { Kind = RefusalKind.TooMany };
    }
}
