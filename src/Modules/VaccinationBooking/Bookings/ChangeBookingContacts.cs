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

namespace Platform.VaccinationBooking.Bookings;

/// <summary>A citizen corrects where she is told of changes; what is left empty is taken away.</summary>
/// <returns>The booking as it stands then.</returns>
[OpenToAll("The booking's code and the fiscal code show that it is hers.")]
internal sealed record ChangeBookingContacts : BookingProof, ICommand<FoundBooking>
{
    public string? Email { get; init; }
    public string? Phone { get; init; }

    internal sealed class Validator : ProofValidator<ChangeBookingContacts>
    {
        public Validator()
        {
            RuleFor(c => c.Email).IsMail();
            RuleFor(c => c.Phone).IsPhone();
        }
    }

    internal sealed class Handler(VaccinationDb db, BookingKeys keys, ICurrentUser user, IMediator mediator, TimeProvider clock) : IRequestHandler<ChangeBookingContacts, FoundBooking>
    {
        public async Task<FoundBooking> Handle(ChangeBookingContacts request, CancellationToken cancellationToken)
        {
            var (id, by) = await keys.Open(request, cancellationToken);
            var booking = await db.Bookings.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellationToken) ?? throw Refusal.NotFound();
            MoveLaw.CheckOpen(booking);
            var (email, phone) = (request.Email.Blank(), request.Phone.Blank());
            if (booking.Email != email || booking.Phone != phone)
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var turned = await db.Bookings.Where(b => b.Id == id && b.Version == booking.Version).ExecuteUpdateAsync(
                    set => set.SetProperty(b => b.Email, email).SetProperty(b => b.Phone, phone).SetProperty(b => b.Version, booking.Version + 1), cancellationToken);
                if (turned == 0)
                    throw Refusal.ChangedMeanwhile();
                db.Add(new BookingChange
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()), BookingId = id, Kind = BookingChangeKind.Contacts, At = clock.GetUtcNow().UtcDateTime,
                    ById = user.Id, ByName = user.IsSignedIn ? user.DisplayName : CitizensTouch.NameOf(by),
                });
                db.Touched(user, "write", "vaccination.Booking", booking.PatientId, request.Address, by);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            return await mediator.Send(new FindBooking { Key = keys.Issue(id, by), Address = request.Address }, cancellationToken);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/bookings/contacts",
                    async ([FromBody] ContactsBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                        Answer.Json(await mediator.Send(
                            new ChangeBookingContacts { Code = body.Code, FiscalCode = body.FiscalCode, Email = body.Email, Phone = body.Phone, Address = http.Address() }, cancellation)))
                .WithExample(Examples.Contacts, Examples.Found).WithTags("Vaccinazioni").WithSummary("Corrects the e-mail address and the telephone number of a booking.")
                .Produces<FoundBooking>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}

internal sealed record ContactsBody(string? Code, string? FiscalCode, string? Email, string? Phone);

internal static class Contacts
{
    public static IRuleBuilderOptions<T, string?> IsMail<T>(this IRuleBuilder<T, string?> mail) =>
        mail.MaximumLength(Booking.EmailLength).WithMessage("Il testo è troppo lungo.")
            .Must(m => string.IsNullOrEmpty(m) || (m.IndexOf('@') is > 0 and var at && at == m.LastIndexOf('@') && at < m.Length - 1)).WithMessage("L’indirizzo e-mail non è scritto bene.");

    public static IRuleBuilderOptions<T, string?> IsPhone<T>(this IRuleBuilder<T, string?> phone) =>
        phone.MaximumLength(Booking.PhoneLength).WithMessage("Al massimo 30 caratteri.").Matches(@"^[0-9 +/.-]*$").WithMessage("Il numero di telefono ha solo cifre.");

    public static string? Blank(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
