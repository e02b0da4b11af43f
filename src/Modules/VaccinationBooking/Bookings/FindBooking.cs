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
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>A citizen finds her booking again.</summary>
[OpenToAll("A booking is found by its random code and the fiscal code together; wrong attempts are counted by address.")]
internal sealed record FindBooking : BookingProof, ICommand<FoundBooking>
{
    internal sealed class Validator : ProofValidator<FindBooking>;

    internal sealed class Handler(VaccinationDb db, BookingKeys keys, CampaignBook campaigns, ICurrentUser user, TimeProvider clock) : IRequestHandler<FindBooking, FoundBooking>
    {
        public async Task<FoundBooking> Handle(FindBooking request, CancellationToken cancellationToken)
        {
            var (id, by) = await keys.Open(request, cancellationToken);
            var booking = await db.Bookings.AsNoTracking().Include(b => b.Appointments).SingleOrDefaultAsync(b => b.Id == id, cancellationToken) ?? throw Refusal.NotFound();
            var centre = await db.Centres.AsNoTracking().SingleOrDefaultAsync(c => c.Code == booking.CentreCode, cancellationToken) ?? throw Refusal.NotFound();
            var person = await db.Vaccinees.AsNoTracking().Where(v => v.PatientId == booking.PatientId).Select(v => v.GivenName).SingleOrDefaultAsync(cancellationToken);
            var campaign = (await campaigns.Find(booking.CampaignCode))?.Campaign ?? throw Refusal.NotFound();
            var now = clock.GetUtcNow().UtcDateTime;
            db.Touched(user, "read", "vaccination.FindBooking", booking.PatientId, request.Address, by);
            await db.SaveChangesAsync(cancellationToken);
            return new(
                booking.Id, Booking.Shown(booking.Code), booking.State, campaign.Code, campaign.Name, person ?? "", booking.CentreCode, centre.Name, centre.Address, centre.PostalCode,
                centre.MunicipalityIstat, booking.VaccineCode,
                [.. booking.Appointments.OrderBy(a => a.Dose).Select(a => new FoundDose(
                    a.Dose, a.SlotId, a.StartsAt, a.State, booking.State == BookingState.Booked && a.State == AppointmentState.Booked && a.StartsAt > now))],
                booking.Email, booking.Phone, booking.Language, Math.Max(0, campaign.MovesAtMost - booking.Moves), keys.Issue(booking.Id, by));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/bookings/find",
                    async ([FromBody] ProofBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                        Answer.Json(await mediator.Send(new FindBooking { Code = body.Code, FiscalCode = body.FiscalCode, Address = http.Address() }, cancellation)))
                .WithExample(Examples.Find, Examples.Found).WithTags("Vaccinazioni").WithSummary("A booking, by its code and the fiscal code; both travel in the body, so that no address names anybody.")
                .Produces<FoundBooking>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}

internal sealed record ProofBody(string? Code, string? FiscalCode);

/// <param name="Code">As it is shown, with dashes.</param>
/// <param name="MovesLeft">By herself.</param>
/// <param name="Key">In place of the codes for half an hour: for the pages that follow.</param>
internal sealed record FoundBooking(
    Guid Id, string Code, BookingState State, string Campaign, string CampaignName, string GivenName, string Centre, string CentreName, string CentreAddress, string PostalCode,
    string MunicipalityIstat, string Vaccine, IReadOnlyList<FoundDose> Doses, string? Email, string? Phone, string Language, int MovesLeft, string Key);

/// <param name="StartsAt">UTC.</param>
/// <param name="ToCome">It can still be moved or given up.</param>
internal sealed record FoundDose(int Dose, Guid Slot, DateTime StartsAt, AppointmentState State, bool ToCome);

internal static class Callers
{
    /// <summary>Of a repeatable request: the caller's key makes the id, so that a repetition is known again.</summary>
    public static Guid RepeatableId(this HttpContext http, Guid of, string what)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        return key.Length > 0 ? StableId.Of(of, what + ":" + key) : Guid.CreateVersion7();
    }
}
