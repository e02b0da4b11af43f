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
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Offers;

/// <summary>A citizen accepts the place that is kept for her, or leaves it to the next: with the offer's code and her fiscal code. Accepted
/// twice, from two windows, it is one booking.</summary>
[OpenToAll("The offer's random code and the fiscal code together show that it is hers; wrong attempts are counted by address.")]
internal sealed record AnswerOffer : ICommand<OfferAnswer>
{
    public string? Code { get; init; }
    public string? FiscalCode { get; init; }
    public bool Accept { get; init; }
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<AnswerOffer>
    {
        public Validator()
        {
            RuleFor(a => a.Code).NotEmpty().WithMessage("Scriva il codice dell’offerta.").MaximumLength(40).WithMessage("Il codice dell’offerta ha dieci caratteri.");
            RuleFor(a => a.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").MaximumLength(20).WithMessage("Il codice fiscale ha 16 caratteri.");
        }
    }

    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, BookingDesk desk, OfferDesk offers, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<AnswerOffer, OfferAnswer>
    {
        public async Task<OfferAnswer> Handle(AnswerOffer request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var offer = await offers.Find(request.Code, request.FiscalCode, request.Address, cancellationToken);
            if (!request.Accept && offer.State == OfferState.Accepted)
                throw new Refusal("offer-accepted", "Questa offerta è già stata accettata: se non può venire, annulli la prenotazione.");
            var wish = await db.Wishes.AsNoTracking().SingleAsync(w => w.Id == offer.WishId, cancellationToken);
            return request.Accept ? await Accept(offer, wish, request.Address, now, cancellationToken) : await Decline(offer, request.Address, now, cancellationToken);
        }

        private async Task<OfferAnswer> Accept(PlaceOffer offer, PlaceWish wish, string address, DateTime now, CancellationToken cancellation)
        {
            var page = await campaigns.Find(offer.CampaignCode) ?? throw Refusal.NotFound();
            var born = await db.Vaccinees.Where(v => v.PatientId == offer.PatientId).Select(v => v.BirthDate).SingleOrDefaultAsync(cancellation);
            var toBook = (await db.TurnOf(page, offer.PatientId, born, region, now, cancellation)).ToBook;
            // The ledger knows the offer's id: the second of two windows gets the first one's booking.
            var taken = (await desk.Take(new(
                StableId.Of(offer.Id, "booking"), offer.CampaignCode, offer.PatientId, wish.GroupId, offer.FirstSlotId, offer.SecondSlotId, now, Channel: BookingChannel.Offer, Email: wish.Email,
                Language: wish.Language, Address: address, ToBook: toBook))).Check();
            await Settle(offer, OfferState.Accepted, WishState.Accepted, address, cancellation);
            return new(OfferState.Accepted, Booking.Shown(taken.Code!), offer.CentreCode, offer.FirstAt, offer.SecondAt);
        }

        private async Task<OfferAnswer> Decline(PlaceOffer offer, string address, DateTime now, CancellationToken cancellation)
        {
            await Settle(offer, OfferState.Declined, WishState.Ended, address, cancellation);
            // Over at this moment: the next look gives the places back.
            await db.Holds.Where(h => h.Id == offer.Id).ExecuteUpdateAsync(set => set.SetProperty(h => h.ExpiresAt, now), cancellation);
            return new(OfferState.Declined, null, offer.CentreCode, offer.FirstAt, offer.SecondAt);
        }

        private async Task Settle(PlaceOffer offer, OfferState state, WishState wish, string address, CancellationToken cancellation)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (await db.Offers.Where(o => o.Id == offer.Id && o.State == OfferState.Open).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, state), cancellation) == 1)
            {
                // Whatever she waited for, she waits no more.
                await db.Wishes.Where(w => w.Id == offer.WishId || (state == OfferState.Accepted && w.PatientId == offer.PatientId && w.CampaignCode == offer.CampaignCode && w.State == WishState.Waiting))
                    .ExecuteUpdateAsync(set => set.SetProperty(w => w.State, wish).SetProperty(w => w.OpenKey, (string?)null), cancellation);
                db.Touched(user, "write", "vaccination.PlaceOffer", offer.PatientId, address);
                await db.SaveChangesAsync(cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/offers/answer",
                    async ([FromBody] AnswerBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                        Answer.Json(await mediator.Send(new AnswerOffer { Code = body.Code, FiscalCode = body.FiscalCode, Accept = body.Accept, Address = http.Address() }, cancellation)))
                .WithExample(Examples.AnswerOffer, Examples.OfferTaken).WithTags("Vaccinazioni").WithSummary("Accepts the place that is kept for a citizen, or leaves it to the next in line. Repeat it without harm.")
                .Produces<OfferAnswer>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}

internal sealed record AnswerBody(string? Code, string? FiscalCode, bool Accept);

/// <param name="BookingCode">With which she manages the booking from now on.</param>
internal sealed record OfferAnswer(OfferState State, string? BookingCode, string Centre, DateTime FirstAt, DateTime? SecondAt);
