using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Points;

/// <summary>The ASL admits a place of its territory to quick swabs, suspends a point, or takes it back.</summary>
[Requires(QuickSwabsModule.MayAdmit)]
internal sealed record DecidePoint : ICommand<Unit>
{
    public Guid Id { get; init; }
    public string? PointCode { get; init; }

    /// <summary>How many decisions of it were shown.</summary>
    public int Seen { get; init; }

    public PointDecisionKind Kind { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<DecidePoint>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.PointCode).NotEmpty().WithMessage("Scelga il punto.");
            RuleFor(c => c.Kind).IsInEnum().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.Reason).NotEmpty().WithMessage("Scriva il motivo.").MaximumLength(PointDecision.ReasonLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, PointBook book, ICurrentUser user, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<DecidePoint, Unit>
    {
        public Task<Unit> Handle(DecidePoint request, CancellationToken cancellationToken) => db.OnceMore(engine, () => Decide(request, cancellationToken));

        private async Task<Unit> Decide(DecidePoint request, CancellationToken cancellation)
        {
            var standing = await book.OfMyAsl(request.PointCode, cancellation);
            if (standing.Decisions.Any(d => d.Id == request.Id))
                return Unit.Value; // The form came twice.
            if (standing.Decisions.Count != request.Seen)
                throw Refusal.ChangedMeanwhile();
            standing.Check(request.Kind);
            var decision = new PointDecision
            {
                Id = request.Id, PointCode = standing.Point.Code, PointAsl = standing.Point.Asl, Number = request.Seen + 1, Kind = request.Kind, Reason = request.Reason!.Trim(),
                At = clock.GetUtcNow().UtcDateTime, ByName = user.DisplayName,
            };
            db.PointDecisions.Add(decision);
            db.Tell(new QuickSwabPointDecided(decision.Id, decision.PointCode, request.Kind != PointDecisionKind.Suspension, decision.At));
            await db.SaveChangesAsync(cancellation);
            return Unit.Value;
        }
    }
}
