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
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Offers;

/// <summary>A citizen looks at the place that is kept for her, before she says yes or no.</summary>
[OpenToAll("The offer’s random code and the fiscal code together show that it is hers; wrong attempts are counted by address.")]
internal sealed record OpenOffer : ICommand<OfferSheet>
{
    public string? Code { get; init; }
    public string? FiscalCode { get; init; }
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<OpenOffer>
    {
        public Validator()
        {
            RuleFor(a => a.Code).NotEmpty().WithMessage("Scriva il codice dell’offerta.").MaximumLength(40).WithMessage("Il codice dell’offerta ha dieci caratteri.");
            RuleFor(a => a.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").MaximumLength(20).WithMessage("Il codice fiscale ha 16 caratteri.");
        }
    }

    internal sealed class Handler(VaccinationDb db, OfferDesk offers, ICurrentUser user) : IRequestHandler<OpenOffer, OfferSheet>
    {
        public async Task<OfferSheet> Handle(OpenOffer request, CancellationToken cancellationToken)
        {
            var offer = await offers.Find(request.Code, request.FiscalCode, request.Address, cancellationToken);
            var standing = Booking.OpenKeyOf(offer.CampaignCode, offer.PatientId);
            if (offer.State == OfferState.Open && await db.Bookings.AnyAsync(b => b.OpenKey == standing, cancellationToken))
                throw new Refusal("already-booked", "Ha già una prenotazione aperta: la trova in «Gestisci la prenotazione», con il codice che ha ricevuto.");
            var centre = await db.Centres.AsNoTracking().SingleAsync(c => c.Code == offer.CentreCode, cancellationToken);
            var vaccine = await db.Slots.Where(s => s.Id == offer.FirstSlotId).Select(s => s.VaccineCode).SingleAsync(cancellationToken);
            db.Touched(user, "read", "vaccination.PlaceOffer", offer.PatientId, request.Address);
            await db.SaveChangesAsync(cancellationToken);
            return new(offer.State, centre.Name, centre.Address, centre.PostalCode, centre.MunicipalityIstat, vaccine, offer.FirstAt, offer.SecondAt, offer.ExpiresAt);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/offers/open",
                    async ([FromBody] ProofBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                        Answer.Json(await mediator.Send(new OpenOffer { Code = body.Code, FiscalCode = body.FiscalCode, Address = http.Address() }, cancellation)))
                .WithExample(Examples.OpenOffer, Examples.Offer).WithTags("Vaccinazioni").WithSummary("The place that is kept for a citizen, where, when and until when; by the offer’s code and the fiscal code.")
                .Produces<OfferSheet>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}

/// <param name="FirstAt">UTC.</param>
/// <param name="SecondAt">UTC; null for a single dose.</param>
/// <param name="ExpiresAt">UTC: until then the place is hers.</param>
internal sealed record OfferSheet(
    OfferState State, string Centre, string CentreAddress, string PostalCode, string MunicipalityIstat, string Vaccine, DateTime FirstAt, DateTime? SecondAt, DateTime ExpiresAt);
