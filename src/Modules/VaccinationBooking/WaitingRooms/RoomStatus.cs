using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>The one small answer that everybody who waits looks at: the same for all, so that a cache may give it.</summary>
[OpenToAll("It says nothing of anybody.")]
internal sealed record RoomStatus(string Campaign) : IQuery<RoomStatusAnswer>
{
    internal sealed class Handler(RoomKeeper rooms, TimeProvider clock) : IRequestHandler<RoomStatus, RoomStatusAnswer>
    {
        public async Task<RoomStatusAnswer> Handle(RoomStatus request, CancellationToken cancellationToken)
        {
            var room = await rooms.Look(request.Campaign) ?? throw Refusal.NotFound();
            return new(room.State, room.OpensAt, (long)room.Serving, Math.Round(room.Rate, 1), room.PlacesLeft, clock.GetUtcNow().UtcDateTime);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/vaccination/campaigns/{campaign}/waiting-room", async (string campaign, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                {
                    var answer = await mediator.Send(new RoomStatus(campaign), cancellation);
                    http.Response.Headers.CacheControl = "public, max-age=2";
                    return Answer.Json(answer);
                })
                .WithExample(null, Examples.Room, Examples.Campaign).WithTags("Vaccinazioni").WithSummary("Now serving: the number up to which people are let in, and how fast. Caches may keep it for two seconds.")
                .Produces<RoomStatusAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
    }
}

/// <param name="Serving">Numbers up to this one are let in.</param>
/// <param name="Rate">People let in a second of late.</param>
/// <param name="PlacesLeft">First doses.</param>
/// <param name="ReadAt">UTC: how old this is.</param>
internal sealed record RoomStatusAnswer(WaitingRoomState State, DateTime OpensAt, long Serving, double Rate, int PlacesLeft, DateTime ReadAt);

/// <summary>Where the owner of a ticket stands.</summary>
[OpenToAll("The ticket is sealed, and says nothing but a number.")]
internal sealed record TicketStatus(string Campaign, string? Ticket) : IQuery<TicketStatusAnswer>
{
    internal sealed class Handler(RoomKeeper rooms, Tickets tickets) : IRequestHandler<TicketStatus, TicketStatusAnswer>
    {
        public async Task<TicketStatusAnswer> Handle(TicketStatus request, CancellationToken cancellationToken)
        {
            var ticket = tickets.Open(request.Ticket, request.Campaign);
            var room = await rooms.Look(request.Campaign) ?? throw Refusal.NotFound();
            var number = room.NumberOf(ticket);
            var ahead = number is null ? (long?)null : Math.Max(0, number.Value - (long)room.Serving);
            return new(room.State, number, ahead, ahead is > 0 && room.Rate > 0 ? (int)Math.Ceiling(ahead.Value / room.Rate) : null, ahead == 0, room.OpensAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/campaigns/{campaign}/waiting-room/status", async (string campaign, [FromBody] TicketSaid body, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                    Answer.Json(await mediator.Send(new TicketStatus(campaign, body.Ticket), cancellation)))
                .WithExample(Examples.TicketSaid, Examples.TicketStatus, Examples.Campaign).WithTags("Vaccinazioni").WithSummary("The number of a ticket, how many are before it, and how long that may take.")
                .Produces<TicketStatusAnswer>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}

internal sealed record TicketSaid(string? Ticket);

/// <param name="Number">Null until the draw.</param>
/// <param name="Ahead">People before her.</param>
/// <param name="Seconds">At the present pace; null when it is her turn, or nobody is being let in.</param>
internal sealed record TicketStatusAnswer(WaitingRoomState State, long? Number, long? Ahead, int? Seconds, bool Admitted, DateTime OpensAt);
