using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>A citizen gives up what is still to come, without penalty (Lazio's rule, DOMAIN 7.7): the places are free at once, and she may book anew.</summary>
/// <returns>The booking as it stands then.</returns>
[OpenToAll("The booking's code and the fiscal code show that it is hers.")]
internal sealed record CancelBooking : BookingProof, ICommand<FoundBooking>
{
    /// <summary>Made by the client: sent again, it is the same.</summary>
    public Guid Id { get; init; }

    internal sealed class Validator : ProofValidator<CancelBooking>
    {
        public Validator() => RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
    }

    internal sealed class Handler(BookingKeys keys, PlaceLedger ledger, IMediator mediator) : IRequestHandler<CancelBooking, FoundBooking>
    {
        public async Task<FoundBooking> Handle(CancelBooking request, CancellationToken cancellationToken)
        {
            var (id, by) = await keys.Open(request, cancellationToken);
            await ledger.Commit(new LeavePlaces(request.Id, id, request.Address, By: by));
            return await mediator.Send(new FindBooking { Key = keys.Issue(id, by), Address = request.Address }, cancellationToken);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/bookings/cancel",
                    async ([FromBody] ProofBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                        Answer.Json(await mediator.Send(new CancelBooking { Id = Guid.CreateVersion7(), Code = body.Code, FiscalCode = body.FiscalCode, Address = http.Address() }, cancellation)))
                .WithExample(Examples.Find, Examples.Cancelled).WithTags("Vaccinazioni").WithSummary("Gives up what is still to come of a booking: its places are free at once. Repeat it without harm.")
                .Produces<FoundBooking>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}
