using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.Operations;

/// <summary>An operator books for who calls: the same law as for everybody, past no waiting room, with the operator's name.</summary>
/// <returns>The code to be read out to her.</returns>
[Requires(VaccinationModule.MayBook)]
internal sealed record BookForCitizen : ICommand<string>
{
    /// <summary>Made by the client: sent again, it is the same booking.</summary>
    public Guid Id { get; init; }

    public Guid PatientId { get; init; }
    public string? Campaign { get; init; }
    public Guid First { get; init; }
    public Guid? Second { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    internal sealed class Validator : AbstractValidator<BookForCitizen>
    {
        public Validator()
        {
            RuleFor(b => b.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(b => b.First).NotEmpty().WithMessage("Scelga data e ora.");
            RuleFor(b => b.Email).IsMail();
            RuleFor(b => b.Phone).IsPhone();
        }
    }

    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, BookingDesk desk, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<BookForCitizen, string>
    {
        public async Task<string> Handle(BookForCitizen request, CancellationToken cancellationToken)
        {
            var person = await db.Vaccinees.AsNoTracking().Within(Vaccinee.Scope, user, VaccinationModule.MayBook)
                .SingleOrDefaultAsync(v => v.PatientId == request.PatientId && !v.Deceased, cancellationToken) ?? throw Refusal.NotFound();
            var page = await campaigns.Find(request.Campaign ?? "") ?? throw Refusal.NotFound();
            var now = clock.GetUtcNow().UtcDateTime;
            var (entitlement, _, toBook) = await db.TurnOf(page, person.PatientId, person.BirthDate, region, now, cancellationToken);
            if (toBook is null)
                throw new Refusal("not-entitled", "Questa persona oggi non può prenotare in questa campagna: guardi il gruppo e la data di apertura.");
            if (toBook.Count == 2 != request.Second is not null)
                throw new Refusal("doses-missing", "Scelga un appuntamento per ogni dose.") { Kind = RefusalKind.Unprocessable };
            var answer = (await desk.Take(new(
                request.Id, page.Campaign.Code, person.PatientId, entitlement.Group!.Id, request.First, request.Second, now, Channel: BookingChannel.Operator,
                Email: request.Email.Blank(), Phone: request.Phone.Blank(), Who: user.AsIdentity(), Address: user.Address, ToBook: toBook))).Check();
            return Booking.Shown(answer.Code!);
        }
    }
}

/// <summary>An operator moves doses for who calls; how often she may by herself is not touched.</summary>
[Requires(VaccinationModule.MayBook)]
internal sealed record MoveForCitizen : ICommand<Unit>
{
    public Guid Id { get; init; }
    public Guid Booking { get; init; }
    public Guid? First { get; init; }
    public Guid? Second { get; init; }
    public string? Why { get; init; }

    internal sealed class Validator : AbstractValidator<MoveForCitizen>
    {
        public Validator()
        {
            RuleFor(m => m.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(m => m.First).Must((m, first) => first is not null || m.Second is not null).WithMessage("Scelga data e ora.");
            RuleFor(m => m.Why).MaximumLength(BookingChange.WhyLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(VaccinationDb db, PlaceLedger ledger, ICurrentUser user) : IRequestHandler<MoveForCitizen, Unit>
    {
        public async Task<Unit> Handle(MoveForCitizen request, CancellationToken cancellationToken)
        {
            await db.CheckWithin(user, request.Booking, cancellationToken);
            var to = new Dictionary<int, Guid>();
            if (request.First is { } first)
                to[1] = first;
            if (request.Second is { } second)
                to[2] = second;
            await ledger.Commit(new MovePlaces(request.Id, request.Booking, to, Why: request.Why.Blank()));
            return Unit.Value;
        }
    }
}

/// <summary>An operator gives up the places of who calls.</summary>
[Requires(VaccinationModule.MayBook)]
internal sealed record CancelForCitizen : ICommand<Unit>
{
    public Guid Id { get; init; }
    public Guid Booking { get; init; }
    public string? Why { get; init; }

    internal sealed class Validator : AbstractValidator<CancelForCitizen>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.Why).MaximumLength(BookingChange.WhyLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(VaccinationDb db, PlaceLedger ledger, ICurrentUser user) : IRequestHandler<CancelForCitizen, Unit>
    {
        public async Task<Unit> Handle(CancelForCitizen request, CancellationToken cancellationToken)
        {
            await db.CheckWithin(user, request.Booking, cancellationToken);
            await ledger.Commit(new LeavePlaces(request.Id, request.Booking, Why: request.Why.Blank()));
            return Unit.Value;
        }
    }
}

internal static class AtTheDesk
{
    /// <exception cref="Refusal">Not found: there is none, or it is of somebody outside the operator's scope.</exception>
    public static async Task CheckWithin(this VaccinationDb db, ICurrentUser user, Guid booking, CancellationToken cancellation)
    {
        var hers = db.Vaccinees.Within(Vaccinee.Scope, user, VaccinationModule.MayBook);
        if (!await db.Bookings.AnyAsync(b => b.Id == booking && hers.Any(v => v.PatientId == b.PatientId), cancellation))
            throw Refusal.NotFound();
    }

    public static Identity? AsIdentity(this ICurrentUser user) => user.Id is { } id && user.IsSignedIn ? new(id, user.DisplayName, user.Assignments) : null;
}
