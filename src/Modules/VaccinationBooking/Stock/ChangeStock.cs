using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Stock;

/// <summary>A delivery came, or doses were counted: so many more or fewer of a lot.</summary>
/// <returns>The lot.</returns>
[Requires(VaccinationModule.MayKeepStock)]
internal sealed record ChangeStock : ICommand<Guid>
{
    /// <summary>Made by the form: sent twice, it is one move.</summary>
    public Guid Id { get; init; }

    public string? Centre { get; init; }
    public StockMoveKind Kind { get; init; }
    public string? Vaccine { get; init; }
    public string? LotNumber { get; init; }
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>Negative for a correction downwards.</summary>
    public int? Doses { get; init; }

    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<ChangeStock>
    {
        public Validator(Region region)
        {
            RuleFor(s => s.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(s => s.Kind).Must(k => k is StockMoveKind.Delivery or StockMoveKind.Correction or StockMoveKind.Discarded).WithMessage("Il valore non è valido.");
            RuleFor(s => s.Vaccine).Must(v => region.Vaccination.Vaccines.Any(k => k.Code == v)).WithMessage("Scelga il vaccino.");
            RuleFor(s => s.LotNumber).NotEmpty().WithMessage("Scriva il lotto.").MaximumLength(StockLot.NumberLength).WithMessage("Al massimo 30 caratteri.");
            RuleFor(s => s.ExpiresOn).NotNull().When(s => s.Kind == StockMoveKind.Delivery).WithMessage("Indichi la scadenza.");
            RuleFor(s => s.Doses).NotNull().WithMessage("Indichi quante dosi.").InclusiveBetween(-100_000, 100_000).WithMessage("Indichi quante dosi.").NotEqual(0).WithMessage("Indichi quante dosi.");
            RuleFor(s => s.Doses).GreaterThan(0).When(s => s.Kind != StockMoveKind.Correction).WithMessage("Scriva un numero maggiore di zero; per togliere usi una correzione.");
            RuleFor(s => s.Note).MaximumLength(StockMove.NoteLength).WithMessage("Al massimo 200 caratteri.");
            RuleFor(s => s.Note).NotEmpty().When(s => s.Kind != StockMoveKind.Delivery).WithMessage("Scriva il motivo.");
        }
    }

    internal sealed class Handler(VaccinationDb db, IMediator mediator, ICurrentUser user, TimeProvider clock) : IRequestHandler<ChangeStock, Guid>
    {
        public async Task<Guid> Handle(ChangeStock request, CancellationToken cancellationToken)
        {
            var lot = await db.OnceMore(() => Change(request, cancellationToken));
            await mediator.Send(new BoundByStock { Centre = request.Centre! }, cancellationToken);
            return lot;
        }

        private async Task<Guid> Change(ChangeStock request, CancellationToken cancellationToken)
        {
            if (!await db.Centres.Within(Centres.Centre.Scope, user, VaccinationModule.MayKeepStock).AnyAsync(c => c.Code == request.Centre, cancellationToken))
                throw Refusal.NotFound();
            if (await db.StockMoves.Where(m => m.Id == request.Id).Select(m => (Guid?)m.LotId).SingleOrDefaultAsync(cancellationToken) is { } known)
                return known; // The form came twice.
            var number = request.LotNumber!.Trim().ToUpperInvariant();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var lot = await db.StockLots.AsNoTracking().SingleOrDefaultAsync(l => l.CentreCode == request.Centre && l.VaccineCode == request.Vaccine && l.LotNumber == number, cancellationToken);
            if (lot is null)
            {
                if (request.Kind != StockMoveKind.Delivery)
                    throw new Refusal("lot-unknown", "Questo lotto non è mai arrivato in questo centro: controlli il numero.") { Kind = RefusalKind.Unprocessable };
                lot = new()
                {
                    Id = StableId.Of(request.Id, "lot"), CentreCode = request.Centre!, VaccineCode = request.Vaccine!, LotNumber = number, ExpiresOn = request.ExpiresOn!.Value,
                };
                db.Add(lot);
                await db.SaveChangesAsync(cancellationToken);
            }

            var doses = request.Kind == StockMoveKind.Discarded ? -request.Doses!.Value : request.Doses!.Value;
            await db.Move(lot.Id, request.Id, request.Kind, doses, clock.GetUtcNow().UtcDateTime, user.DisplayName, request.Note?.Trim(), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return lot.Id;
        }
    }
}

/// <summary>The vial is put away: what is left in it is thrown away.</summary>
/// <returns>Doses thrown away.</returns>
[Requires(VaccinationModule.MayKeepStock)]
internal sealed record EndVial(Guid Id) : ICommand<int>
{
    internal sealed class Handler(VaccinationDb db, IMediator mediator, ICurrentUser user, TimeProvider clock) : IRequestHandler<EndVial, int>
    {
        public async Task<int> Handle(EndVial request, CancellationToken cancellationToken)
        {
            var mine = db.Centres.Within(Centre.Scope, user, VaccinationModule.MayKeepStock).Select(c => c.Code);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var now = clock.GetUtcNow().UtcDateTime;
            var ended = await db.Vials.Where(v => v.Id == request.Id && v.EndedAt == null && mine.Contains(v.CentreCode)).ExecuteUpdateAsync(set => set.SetProperty(v => v.EndedAt, now), cancellationToken);
            var vial = await db.Vials.AsNoTracking().SingleOrDefaultAsync(v => v.Id == request.Id && mine.Contains(v.CentreCode), cancellationToken) ?? throw Refusal.NotFound();
            if (ended == 0)
                return vial.Left; // It came twice.
            if (vial.Left > 0)
                await db.Move(vial.LotId, StableId.Of(vial.Id, "left"), StockMoveKind.Discarded, -vial.Left, now, user.DisplayName, null, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            await mediator.Send(new BoundByStock { Centre = vial.CentreCode }, cancellationToken);
            return vial.Left;
        }
    }
}
