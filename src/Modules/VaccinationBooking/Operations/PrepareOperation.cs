using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Operations;

/// <summary>An operation is prepared: who is concerned and where they would go, to be looked at before anything changes.</summary>
[Requires(VaccinationModule.MayOperate)]
internal sealed record PrepareOperation : ICommand<Guid>
{
    /// <summary>Made by the client: sent again, it is the same operation.</summary>
    public Guid Id { get; init; }

    public BulkKind Kind { get; init; }
    public string? Centre { get; init; }
    public string? Vaccine { get; init; }
    public string? OtherVaccine { get; init; }
    public DateOnly? FromDay { get; init; }

    /// <summary>The last day; empty for an end that nobody knows.</summary>
    public DateOnly? ToDay { get; init; }

    public string? Why { get; init; }

    internal sealed class Validator : AbstractValidator<PrepareOperation>
    {
        public Validator()
        {
            RuleFor(o => o.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(o => o.Kind).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(o => o.Centre).NotEmpty().WithMessage("Scelga il centro.").When(o => o.Kind == BulkKind.CentreClosed);
            RuleFor(o => o.Vaccine).NotEmpty().WithMessage("Scelga il vaccino.").When(o => o.Kind != BulkKind.CentreClosed);
            RuleFor(o => o.FromDay).NotNull().WithMessage("Indichi il primo giorno.").LessThan(new DateOnly(2100, 1, 1)).WithMessage("Indichi un giorno entro il 2099.");
            RuleFor(o => o.ToDay).LessThan(new DateOnly(2100, 1, 1)).WithMessage("Indichi un giorno entro il 2099.")
                .GreaterThanOrEqualTo(o => o.FromDay).WithMessage("L’ultimo giorno viene dopo il primo.").When(o => o.ToDay is not null && o.FromDay is not null);
            RuleFor(o => o.ToDay).NotNull().WithMessage("Indichi l'ultimo giorno.").When(o => o.Kind == BulkKind.CentreClosed);
            RuleFor(o => o.Why).NotEmpty().WithMessage("Indichi il motivo.").MaximumLength(BulkOperation.WhyLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(VaccinationDb db, Concerned concerned, NewPlaces places, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<PrepareOperation, Guid>
    {
        public Task<Guid> Handle(PrepareOperation request, CancellationToken cancellationToken) => db.OnceMore(() => Prepare(request, cancellationToken));

        private async Task<Guid> Prepare(PrepareOperation request, CancellationToken cancellation)
        {
            if (await db.BulkOperations.Within(BulkOperation.Scope, user, VaccinationModule.MayOperate).AnyAsync(o => o.Id == request.Id, cancellation))
                return request.Id;
            var centre = request.Kind == BulkKind.CentreClosed
                ? await db.Centres.AsNoTracking().Within(Centres.Centre.Scope, user, VaccinationModule.MayOperate).SingleOrDefaultAsync(c => c.Code == request.Centre, cancellation) ?? throw Refusal.NotFound() : null;
            if (centre is null && !user.IsPlatform && user.ScopesOf(VaccinationModule.MayOperate).All(s => s.Kind != ScopeKind.Region))
                throw new Refusal("operation-of-region", "Fermare un vaccino o cambiare un intervallo spetta alla regione.") { Kind = RefusalKind.Forbidden };
            if (centre is null && region.Vaccination.Vaccines.All(v => v.Code != request.Vaccine))
                throw new Refusal("vaccine-unknown", "Questo vaccino non è tra quelli della regione.") { Kind = RefusalKind.Unprocessable };
            var now = clock.GetUtcNow().UtcDateTime;
            var operation = new BulkOperation
            {
                Id = request.Id, Kind = request.Kind, AslCode = centre?.AslCode, CentreCode = centre?.Code, VaccineCode = centre is null ? request.Vaccine : null,
                OtherVaccine = request.Kind == BulkKind.VaccineStopped ? request.OtherVaccine.Blank() : null,
                From = region.UtcOf(request.FromDay!.Value, TimeOnly.MinValue), To = region.UtcOf((request.ToDay ?? new DateOnly(2099, 12, 30)).AddDays(1), TimeOnly.MinValue),
                Why = request.Why!.Trim(), ById = user.Id, ByName = user.IsPlatform ? "platform" : user.DisplayName, PreparedAt = now,
            };
            if (operation.To <= now)
                throw new Refusal("operation-past", "Questi giorni sono passati: non c’è niente da spostare.") { Kind = RefusalKind.Unprocessable };
            db.Add(operation);
            foreach (var booking in await concerned.By(operation, null, now, cancellation))
            {
                var affected = booking.Affected;
                var place = await places.Find(booking.Booking, affected, operation.OtherVaccine, now, plan: true, cancellation);
                db.Add(Item(operation, booking.Booking, affected, place));
                operation.Total++;
            }

            await db.SaveChangesAsync(cancellation);
            return operation.Id;
        }

        internal static BulkItem Item(BulkOperation operation, Booking booking, IReadOnlySet<int> affected, NewPlace? place) => new()
        {
            Id = StableId.Of(operation.Id, booking.Id.ToString()), OperationId = operation.Id, BookingId = booking.Id, FromCentre = booking.CentreCode,
            At = booking.Appointments.Where(a => affected.Contains(a.Dose)).Min(a => a.StartsAt),
            ToCentre = place?.Centre, FirstAt = place?.To.GetValueOrDefault(1)?.StartsAt, SecondAt = place?.To.GetValueOrDefault(2)?.StartsAt,
        };
    }
}
