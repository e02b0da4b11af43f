using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Points;

namespace Platform.QuickSwabs.Kits;

/// <summary>The point asks its ASL for kits.</summary>
[Requires(QuickSwabsModule.MayKeepKits)]
internal sealed record AskSupply : ICommand<Unit>
{
    public Guid Id { get; init; }
    public string? PointCode { get; init; }
    public int? Quantity { get; init; }
    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<AskSupply>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.PointCode).NotEmpty().WithMessage("Scelga il punto.");
            RuleFor(c => c.Quantity).NotNull().WithMessage("Indichi quanti kit.").InclusiveBetween(1, 10000).WithMessage("Indichi quanti kit.");
            RuleFor(c => c.Note).MaximumLength(SupplyRequest.NoteLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, PointBook book, ICurrentUser user, TimeProvider clock) : IRequestHandler<AskSupply, Unit>
    {
        public async Task<Unit> Handle(AskSupply request, CancellationToken cancellationToken)
        {
            var point = (await book.One(QuickSwabsModule.MayKeepKits, request.PointCode, cancellationToken)).Point;
            if (await db.SupplyRequests.AnyAsync(r => r.Id == request.Id, cancellationToken))
                return Unit.Value; // The form came twice.
            db.SupplyRequests.Add(new()
            {
                Id = request.Id, PointCode = point.Code, PointAsl = point.Asl, Quantity = request.Quantity!.Value, Note = request.Note?.Trim() ?? "",
                AskedAt = clock.GetUtcNow().UtcDateTime, AskedByName = user.DisplayName,
            });
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
