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
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>A citizen keeps the places that she has chosen, for the minutes that the campaign allows: nobody else gets them meanwhile.
/// What she kept before is let go in the same moment; if the new ones are gone, it stays.</summary>
[OpenToAll("The pass says who she is and that she may.")]
internal sealed record HoldPlaces : ICommand<HoldAnswer>
{
    /// <summary>Made by the client: sent again, it is the same hold.</summary>
    public Guid Id { get; init; }

    public string? Pass { get; init; }
    public Guid First { get; init; }
    public Guid? Second { get; init; }

    /// <inheritdoc cref="LedgerOrder"/>
    public bool SameDay { get; init; }

    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<HoldPlaces>
    {
        public Validator()
        {
            RuleFor(h => h.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(h => h.First).NotEmpty().WithMessage("Scelga data e ora.");
        }
    }

    internal sealed class Handler(CampaignBook campaigns, BookingDesk desk, BookingPasses passes, TimeProvider clock) : IRequestHandler<HoldPlaces, HoldAnswer>
    {
        public async Task<HoldAnswer> Handle(HoldPlaces request, CancellationToken cancellationToken)
        {
            var (pass, campaign) = await campaigns.Admit(passes, request.Pass, request.Second);
            var now = clock.GetUtcNow().UtcDateTime;
            var until = now.AddMinutes(campaign.HoldMinutes);
            var held = (await desk.Take(new(
                request.Id, pass.Campaign, pass.PatientId, pass.GroupId, request.First, request.Second, now, until, Address: request.Address, ToBook: pass.ToBook, By: pass.By,
                SameDay: request.SameDay))).Check();
            return new(request.Id, until, held.First?.Id ?? request.First, held.First is null ? request.Second : held.Second?.Id);
        }
    }
}

/// <param name="Until">UTC.</param>
/// <param name="First">The slot that is kept, which is another than she wanted only where she accepts another hour.</param>
internal sealed record HoldAnswer(Guid Id, DateTime Until, Guid First, Guid? Second);

/// <summary>A citizen books: both doses or none, answered only after it is kept. What she held becomes the booking.</summary>
[OpenToAll("The pass says who she is and that she may.")]
internal sealed record BookVaccination : ICommand<BookedAnswer>
{
    /// <summary>Made by the client: sent again, it is the same booking.</summary>
    public Guid Id { get; init; }

    public string? Pass { get; init; }
    public Guid First { get; init; }
    public Guid? Second { get; init; }

    /// <inheritdoc cref="LedgerOrder"/>
    public bool SameDay { get; init; }

    /// <summary>A machine's word for the order, in place of an id: with the same one the same person books once.</summary>
    public string? Key { get; init; }

    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string Language { get; init; } = "it";
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<BookVaccination>
    {
        public Validator()
        {
            RuleFor(b => b.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(b => b.First).NotEmpty().WithMessage("Scelga data e ora.");
            RuleFor(b => b.Email).MaximumLength(Booking.EmailLength).WithMessage("Il testo è troppo lungo.").EmailAddress().WithMessage("L’indirizzo e-mail non è scritto bene.").When(b => !string.IsNullOrEmpty(b.Email));
            RuleFor(b => b.Phone).MaximumLength(Booking.PhoneLength).WithMessage("Al massimo 30 caratteri.").Matches(@"^[0-9 +/.-]*$").WithMessage("Il numero di telefono ha solo cifre.");
            RuleFor(b => b.Language).Must(l => l is "it" or "en").WithMessage("Il valore non è valido.");
        }
    }

    internal sealed class Handler(CampaignBook campaigns, BookingDesk desk, BookingPasses passes, IMediator mediator, TimeProvider clock) : IRequestHandler<BookVaccination, BookedAnswer>
    {
        public async Task<BookedAnswer> Handle(BookVaccination request, CancellationToken cancellationToken)
        {
            var (pass, _) = await campaigns.Admit(passes, request.Pass, request.Second);
            var id = string.IsNullOrEmpty(request.Key) ? request.Id : StableId.Of(pass.PatientId, $"{pass.Campaign} {request.Key}");
            var answer = (await desk.Take(new(
                id, pass.Campaign, pass.PatientId, pass.GroupId, request.First, request.Second, clock.GetUtcNow().UtcDateTime, Ticket: pass.Ticket,
                Email: Blank(request.Email), Phone: Blank(request.Phone), Language: request.Language, Address: request.Address, ToBook: pass.ToBook, By: pass.By, SameDay: request.SameDay))).Check();
            var at = answer.First is { } first ? new DatesOfBooking(first.StartsAt, answer.Second?.StartsAt) : await mediator.Send(new WhenBooked(answer.Id), cancellationToken);
            return new(answer.Id, answer.Code!, at.First, at.Second);
        }

        private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/vaccination/bookings",
                    async ([FromBody] BookingBody body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                    {
                        var answer = await mediator.Send(
                            new BookVaccination
                            {
                                Id = Guid.CreateVersion7(), Key = http.Request.Headers["Idempotency-Key"].ToString(), Pass = body.Pass, First = body.First, Second = body.Second, SameDay = body.SameDay ?? false,
                                Email = body.Email, Phone = body.Phone, Language = body.Language ?? "it", Address = http.Connection.RemoteIpAddress?.ToString() ?? "",
                            }, cancellation);
                        return Answer.Json(answer);
                    })
                .WithExample(Examples.Book, Examples.Booked).WithTags("Vaccinazioni").WithSummary("Books the doses of a citizen with her pass: both or none. Send an Idempotency-Key, and repeat after a time-out.")
                .Produces<BookedAnswer>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}

/// <param name="SameDay">Where an hour is full by now, the nearest free one of the same day, centre and vaccine will do, for each dose.</param>
internal sealed record BookingBody(string? Pass, Guid First, Guid? Second, string? Email, string? Phone, string? Language, bool? SameDay = null);

/// <param name="Code">With which, and her fiscal code, the citizen finds her booking again.</param>
/// <param name="FirstAt">UTC; another hour than she wanted only where she accepts one.</param>
/// <param name="SecondAt">UTC; null for a single dose.</param>
internal sealed record BookedAnswer(Guid Id, string Code, DateTime FirstAt, DateTime? SecondAt);

/// <summary>For an order that was done before: its dates, as they are now.</summary>
[BetweenModules]
internal sealed record WhenBooked(Guid Booking) : IQuery<DatesOfBooking>
{
    internal sealed class Handler(VaccinationDb db) : IRequestHandler<WhenBooked, DatesOfBooking>
    {
        public async Task<DatesOfBooking> Handle(WhenBooked request, CancellationToken cancellationToken)
        {
            var at = await db.Appointments.Where(a => a.BookingId == request.Booking).OrderBy(a => a.Dose).Select(a => a.StartsAt).ToListAsync(cancellationToken);
            return new(at[0], at.Count > 1 ? at[1] : null);
        }
    }
}

/// <param name="First">UTC.</param>
/// <param name="Second">UTC.</param>
internal sealed record DatesOfBooking(DateTime First, DateTime? Second);

internal static class Admission
{
    /// <exception cref="Refusal">The pass is none, the campaign has stopped meanwhile, or a dose is missing or too many.</exception>
    public static async Task<(BookingPass Pass, Campaign Campaign)> Admit(this CampaignBook campaigns, BookingPasses passes, string? sealedPass, Guid? second)
    {
        var pass = passes.Open(sealedPass);
        var campaign = (await campaigns.Find(pass.Campaign))?.Campaign;
        if (campaign?.State != CampaignState.Open)
            throw new Refusal("campaign-stopped", "Le prenotazioni sono state sospese. Quello che ha già prenotato resta valido: riprovi più tardi.");
        if ((pass.ToBook?.Count ?? campaign.Doses) == 2 != second is not null)
            throw new Refusal("doses-missing", "Scelga un appuntamento per ogni dose.") { Kind = RefusalKind.Unprocessable };
        return (pass, campaign);
    }

    /// <exception cref="Refusal">What happened, and what to do next.</exception>
    public static LedgerAnswer Check(this LedgerAnswer answer) => answer.Outcome switch
    {
        LedgerOutcome.Done => answer,
        LedgerOutcome.AlreadyBooked => throw new Refusal("already-booked", "Ha già una prenotazione aperta: la trova in «Gestisci la prenotazione», con il codice che ha ricevuto."),
        LedgerOutcome.TicketUsed => throw new Refusal("ticket-used", "Questo numero della coda è già stato usato: ogni numero vale per una prenotazione."),
        LedgerOutcome.SlotGone when answer.WholeDay =>
            throw new Refusal("day-gone", "Per la dose {0} quel giorno il centro non ha più posti: scelga un altro giorno. Non ha perso niente di quello che aveva.", answer.Dose!),
        LedgerOutcome.SlotGone => throw new Refusal("slot-gone", "Il posto per la dose {0} non è più libero: ne scelga un altro. Non ha perso niente di quello che aveva.", answer.Dose!),
        LedgerOutcome.NotForHer => throw MoveLaw.NotForHer(),
        _ => throw new Refusal("slots-do-not-fit", "I due appuntamenti non vanno insieme: devono essere nello stesso centro e alla distanza giusta. Scelga di nuovo la seconda data.") { Kind = RefusalKind.Unprocessable },
    };
}
