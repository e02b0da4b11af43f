using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Reports;

namespace Platform.Referti.Proposals;

/// <summary>The second person does not agree: who wrote it finds her reason and writes it again.</summary>
[Requires(RefertiModule.Validate)]
internal sealed record SendBackProposal : ICommand<Unit>
{
    public Guid Id { get; init; }
    public string? Why { get; init; }

    internal sealed class Validator : AbstractValidator<SendBackProposal>
    {
        public Validator()
        {
            RuleFor(s => s.Why).NotEmpty().WithMessage("Scriva il motivo.").MaximumLength(ReportVersion.ReasonLength).WithMessage("Il motivo è troppo lungo.");
        }
    }

    internal sealed class Handler(RefertiDb db, SecondReading reading, Releasing releasing, TimeProvider clock) : IRequestHandler<SendBackProposal, Unit>
    {
        public async Task<Unit> Handle(SendBackProposal request, CancellationToken cancellationToken)
        {
            var proposal = await reading.Find(request.Id, cancellationToken);
            proposal.SendBack(request.Why!.Trim(), releasing.Me, clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Who wrote it takes it back, before anybody has released it.</summary>
[Requires(RefertiModule.Enter)]
internal sealed record WithdrawProposal(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(RefertiDb db, SecondReading reading, Releasing releasing, TimeProvider clock) : IRequestHandler<WithdrawProposal, Unit>
    {
        public async Task<Unit> Handle(WithdrawProposal request, CancellationToken cancellationToken)
        {
            var proposal = await reading.Find(request.Id, cancellationToken);
            proposal.Withdraw(releasing.Me, clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
