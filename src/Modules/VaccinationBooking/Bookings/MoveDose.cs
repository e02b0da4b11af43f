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
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>A citizen moves a dose, or both together: what she has stays hers until the new place is sure.</summary>
/// <returns>The booking as it stands then.</returns>
[OpenToAll("The booking's code and the fiscal code show that it is hers.")]
internal sealed record MoveDose : BookingProof, ICommand<FoundBooking>
{
    /// <summary>Made by the client: sent again, it is the same move.</summary>
    public Guid Id { get; init; }

    public int Dose { get; init; }
    public Guid Slot { get; init; }

    /// <summary>For the other dose, moved together with this one; null where it stays.</summary>
    public Guid? OtherSlot { get; init; }

    internal sealed class Validator : ProofValidator<MoveDose>
    {
        public Validator()
        {
            RuleFor(m => m.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(m => m.Dose).InclusiveBetween(1, 2).WithMessage("Il valore non è valido.");
            RuleFor(m => m.Slot).NotEmpty().WithMessage("Scelga data e ora.");
        }
    }

    internal sealed class Handler(VaccinationDb db, BookingKeys keys, PlaceLedger ledger, CampaignBook campaigns, IMediator mediator) : IRequestHandler<MoveDose, FoundBooking>
    {
        public async Task<FoundBooking> Handle(MoveDose request, CancellationToken cancellationToken)
        {
            var (id, by) = await keys.Open(request, cancellationToken);
            var code = await db.Bookings.Where(b => b.Id == id).Select(b => b.CampaignCode).SingleOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
            var campaign = (await campaigns.Find(code))?.Campaign;
            if (campaign?.State != CampaignState.Open)
                throw new Refusal("campaign-stopped", "Le prenotazioni sono state sospese. Quello che ha già prenotato resta valido: riprovi più tardi.");
            var to = new Dictionary<int, Guid> { [request.Dose] = request.Slot };
            if (request.OtherSlot is { } other)
                to[3 - request.Dose] = other;
            await ledger.Commit(new MovePlaces(request.Id, id, to, campaign.MovesAtMost, request.Address, By: by));
            return await mediator.Send(new FindBooking { Key = keys.Issue(id, by), Address = request.Address }, cancellationToken);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/bookings/move",
                    async ([FromBody] MoveBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                        Answer.Json(await mediator.Send(
                            new MoveDose
                            {
                                Id = http.RepeatableId(body.Slot, "move:" + BookingKeys.Normalise(body.Code)), Code = body.Code, FiscalCode = body.FiscalCode, Dose = body.Dose, Slot = body.Slot, OtherSlot = body.OtherSlot,
                                Address = http.Address(),
                            }, cancellation)))
                .WithExample(Examples.Move, Examples.Moved).WithTags("Vaccinazioni").WithSummary("Moves a dose, or both: the old place is kept until the new one is sure. Send an Idempotency-Key, and repeat after a time-out.")
                .Produces<FoundBooking>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}

internal sealed record MoveBody(string? Code, string? FiscalCode, int Dose, Guid Slot, Guid? OtherSlot);

/// <summary>Where a dose of a booking can go while the other stays; at a centre, where <paramref name="Centre"/> is another than hers and
/// both doses are to come, the places for the first dose, to choose from with the second.</summary>
[OpenToAll("The key shows that the booking is hers; free places are public.")]
internal sealed record PlacesForDose(string? Key, int Dose, string? Centre = null) : IQuery<AvailabilityAnswer>
{
    internal sealed class Handler(VaccinationDb db, BookingKeys keys, AvailabilityBoard board, Region region, TimeProvider clock) : IRequestHandler<PlacesForDose, AvailabilityAnswer>
    {
        public async Task<AvailabilityAnswer> Handle(PlacesForDose request, CancellationToken cancellationToken)
        {
            var (id, _) = await keys.Open(new FindBooking { Key = request.Key ?? "-" }, cancellationToken);
            var booking = await db.Bookings.AsNoTracking().Include(b => b.Appointments).SingleOrDefaultAsync(b => b.Id == id, cancellationToken) ?? throw Refusal.NotFound();
            var centre = string.IsNullOrEmpty(request.Centre) ? booking.CentreCode : request.Centre;
            var (places, at) = await board.Of(booking.CampaignCode, centre);
            var now = clock.GetUtcNow().UtcDateTime;
            var other = booking.Appointments.Find(a => a.Dose != request.Dose && a.State != AppointmentState.Cancelled);
            var interval = region.Vaccination.IntervalOf(booking.VaccineCode, region.DayOf(new DateTimeOffset(now, TimeSpan.Zero)));
            var stays = other is not null && (other.State == AppointmentState.Done || centre == booking.CentreCode);
            return new(at.UtcDateTime, (int)AvailabilityBoard.FreshOf(places).TotalSeconds, [.. places.Where(p => p.Dose == request.Dose && (!stays || Fits(p)))]);

            bool Fits(FreePlaces place) => place.Vaccine == booking.VaccineCode && (request.Dose == 1
                ? interval?.Allows(Day(place.StartsAt), Day(other!.StartsAt)) == true : interval?.Allows(Day(other!.StartsAt), Day(place.StartsAt)) == true);
        }

        private DateOnly Day(DateTime at) => region.DayOf(new DateTimeOffset(at, TimeSpan.Zero));
    }
}
