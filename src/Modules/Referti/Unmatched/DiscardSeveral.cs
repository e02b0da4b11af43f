using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Reports;

namespace Platform.Referti.Unmatched;

/// <summary>Several results are discarded for one reason; each keeps who decided and why.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record DiscardSeveral : ICommand<DiscardedSeveral>
{
    public const int Most = 100;

    public List<Guid> Ids { get; init; } = [];
    public string? Why { get; init; }

    internal sealed class Validator : AbstractValidator<DiscardSeveral>
    {
        public Validator()
        {
            RuleFor(d => d.Ids).NotEmpty().WithMessage("Scelga almeno un messaggio.").Must(ids => ids.Count <= Most).WithMessage("Al massimo cento messaggi alla volta.");
            RuleFor(d => d.Why).NotEmpty().WithMessage("Scriva il motivo.").MaximumLength(ReportVersion.ReasonLength).WithMessage("Il motivo è troppo lungo.");
        }
    }

    internal sealed class Handler(RefertiDb db, IMediator mediator) : IRequestHandler<DiscardSeveral, DiscardedSeveral>
    {
        public async Task<DiscardedSeveral> Handle(DiscardSeveral request, CancellationToken cancellationToken)
        {
            var (discarded, left) = (0, 0);
            foreach (var id in request.Ids.Distinct())
            {
                try
                {
                    await mediator.Send(new DiscardUnmatched { Id = id, Why = request.Why }, cancellationToken);
                    discarded++;
                }
                catch (Refusal)
                {
                    db.ChangeTracker.Clear();
                    left++;
                }
            }

            return new(discarded, left);
        }
    }
}

/// <param name="Left">Somebody else had decided on them meanwhile.</param>
internal sealed record DiscardedSeveral(int Discarded, int Left);
