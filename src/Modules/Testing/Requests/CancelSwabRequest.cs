using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

/// <summary>Withdraws a request before the sample is taken; its place is free again.</summary>
[Requires(TestingModule.MayRequest)]
internal sealed record CancelSwabRequest : ICommand<Unit>
{
    public Guid Id { get; init; }

    /// <summary>Of the request as it was shown.</summary>
    public int Version { get; init; }

    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<CancelSwabRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Indichi il motivo dell'annullamento.")
                .MaximumLength(RequestMove.NoteLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<CancelSwabRequest, Unit>
    {
        public Task<Unit> Handle(CancelSwabRequest request, CancellationToken cancellationToken) =>
            db.OnceMore(() => Cancel(request, cancellationToken));

        private async Task<Unit> Cancel(CancelSwabRequest request, CancellationToken cancellationToken)
        {
            var swab = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayRequest)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (swab.IsCancelledBy(user.Id, request.Version))
                return Unit.Value; // The form came twice.
            if (swab.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (swab.SlotId is { } slot)
                await db.GiveBackPlace(slot, cancellationToken);
            var act = user.Act(clock);
            swab.Cancel(request.Reason!.Trim(), act);
            db.Tell(new SwabRequestCancelled(swab.Id, swab.PatientId, swab.HotspotCode, act.At));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
