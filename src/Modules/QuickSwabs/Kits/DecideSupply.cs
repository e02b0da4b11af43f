using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Kits;

/// <summary>The ASL grants, refuses, or has delivered.</summary>
[Requires(QuickSwabsModule.MaySupply)]
internal sealed record DecideSupply(Guid Id, int Version, SupplyState State, string? Note) : ICommand<Unit>
{
    internal sealed class Validator : AbstractValidator<DecideSupply>
    {
        public Validator() => RuleFor(c => c.Note).MaximumLength(SupplyRequest.NoteLength).WithMessage("Al massimo 200 caratteri.");
    }

    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<DecideSupply, Unit>
    {
        public async Task<Unit> Handle(DecideSupply request, CancellationToken cancellationToken)
        {
            var supply = await db.SupplyRequests.Within(SupplyRequest.Scope, user, QuickSwabsModule.MaySupply).SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (supply.State == request.State)
                return Unit.Value; // The form came twice.
            if (supply.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            if ((supply.State, request.State) is not ((SupplyState.Asked, SupplyState.Granted or SupplyState.Refused) or (SupplyState.Granted, SupplyState.Delivered)))
                throw new Refusal("supply-decided", "Nello stato in cui si trova la richiesta questa operazione non è possibile.");
            (supply.State, supply.DecidedAt, supply.DecidedByName, supply.DecisionNote) = (request.State, clock.GetUtcNow().UtcDateTime, user.DisplayName, request.Note?.Trim());
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
