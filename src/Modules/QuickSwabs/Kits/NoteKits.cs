using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Kits;

/// <summary>Kits came to the point, or some were broken, given away, expired.</summary>
[Requires(QuickSwabsModule.MayKeepKits)]
internal sealed record NoteKits : ICommand<Unit>
{
    public Guid Id { get; init; }
    public string? PointCode { get; init; }
    public string? DeviceJrc { get; init; }
    public string? Lot { get; init; }
    public DateOnly? Expiry { get; init; }

    /// <summary>Less than nothing for those that left.</summary>
    public int? Quantity { get; init; }

    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<NoteKits>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.PointCode).NotEmpty().WithMessage("Scelga il punto.");
            this.RuleForKit(c => c.DeviceJrc, c => c.Lot, c => c.Expiry);
            RuleFor(c => c.Quantity).NotNull().WithMessage("Indichi quanti kit.").InclusiveBetween(-10000, 10000).WithMessage("Indichi quanti kit.").NotEqual(0).WithMessage("Indichi quanti kit.");
            RuleFor(c => c.Note).NotEmpty().When(c => c.Quantity < 0).WithMessage("Scriva il motivo.").MaximumLength(SupplyRequest.NoteLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, PointBook book, ICurrentUser user, TimeProvider clock) : IRequestHandler<NoteKits, Unit>
    {
        public async Task<Unit> Handle(NoteKits request, CancellationToken cancellationToken)
        {
            var point = (await book.One(QuickSwabsModule.MayKeepKits, request.PointCode, cancellationToken)).Point;
            if (await db.KitMoves.AnyAsync(m => m.Id == request.Id, cancellationToken))
                return Unit.Value; // The form came twice.
            db.KitMoves.Add(new()
            {
                Id = request.Id, PointCode = point.Code, PointAsl = point.Asl, DeviceJrc = request.DeviceJrc!, Lot = request.Lot!.Trim().ToUpperInvariant(), Expiry = request.Expiry!.Value,
                Quantity = request.Quantity!.Value, Note = request.Note?.Trim() ?? "", At = clock.GetUtcNow().UtcDateTime, ByName = user.DisplayName,
            });
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
