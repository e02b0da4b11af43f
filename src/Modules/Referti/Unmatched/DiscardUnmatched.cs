using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.LabMessages;
using Platform.Referti.Reports;

namespace Platform.Referti.Unmatched;

/// <summary>Nothing is to come of the result; the message stays, with who decided and why.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record DiscardUnmatched : ICommand<Unit>
{
    public Guid Id { get; init; }
    public string? Why { get; init; }

    internal sealed class Validator : AbstractValidator<DiscardUnmatched>
    {
        public Validator()
        {
            RuleFor(d => d.Why).NotEmpty().WithMessage("Scriva il motivo.")
                .MaximumLength(ReportVersion.ReasonLength).WithMessage("Il motivo è troppo lungo.");
        }
    }

    internal sealed class Handler(RefertiDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<DiscardUnmatched, Unit>
    {
        public async Task<Unit> Handle(DiscardUnmatched request, CancellationToken cancellationToken)
        {
            var item = await db.Unmatched.Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue)
                .SingleOrDefaultAsync(u => u.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            item.Discard(request.Why!, new Author(user.Id, user.DisplayName), clock.GetUtcNow().UtcDateTime);
            var message = await db.Messages.SingleAsync(m => m.Id == item.MessageId, cancellationToken);
            message.Settle(new(item.ResultIndex, OutcomeState.Discarded, null, null, null, item.ReasonCode), Math.Max(1, message.ReadingOf().Results.Count));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
