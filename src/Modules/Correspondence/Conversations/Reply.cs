using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.Correspondence.Conversations;

/// <summary>One of the two sides writes on; from then on it waits for the other to read. Sent again it is the same message.</summary>
[Requires(CorrespondenceModule.Converse)]
internal sealed record Reply : ICommand<Unit>, IPaced
{
    /// <summary>Made by the client: the same at each repetition.</summary>
    public Guid Id { get; init; }

    public Guid ConversationId { get; init; }
    public string Text { get; init; } = "";

    /// <summary>Of the whole conversation, as it is from now on.</summary>
    public bool Urgent { get; init; }

    internal sealed class Validator : AbstractValidator<Reply>
    {
        public Validator()
        {
            RuleFor(r => r.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(r => r.Text).NotEmpty().WithMessage("Scriva il messaggio.").MaximumLength(Message.TextLength).WithMessage("Il testo è troppo lungo.");
        }
    }

    internal sealed class Handler(CorrespondenceDb db, ICurrentUser user, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<Reply, Unit>
    {
        public async Task<Unit> Handle(Reply request, CancellationToken cancellationToken)
        {
            var conversation = await db.Conversations.AsNoTracking().Within(Conversation.Scope, user, CorrespondenceModule.Converse)
                .FirstOrDefaultAsync(c => c.Id == request.ConversationId, cancellationToken) ?? throw Refusal.NotFound();
            if (await IsRepeat(request, cancellationToken))
                return Unit.Value;
            var (from, now) = (conversation.SideOf(user), clock.GetUtcNow().UtcDateTime);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // Two who answer at once both do; who answers while it is being closed does not.
            if (await db.Conversations.Where(c => c.Id == conversation.Id && c.ClosedAt == null).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.LastAt, now)
                .SetProperty(c => c.Urgent, request.Urgent)
                .SetProperty(c => c.UnreadByOffice, c => from == Side.Doctor || c.UnreadByOffice)
                .SetProperty(c => c.UnreadByDoctor, c => from == Side.Office || c.UnreadByDoctor), cancellationToken) == 0)
            {
                throw Conversation.IsClosed();
            }

            db.Write(request.Id, conversation, from, request.Text, user, now);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                // The button was pressed twice.
                await transaction.RollbackAsync(cancellationToken);
                db.ChangeTracker.Clear();
                return await IsRepeat(request, cancellationToken) ? Unit.Value : throw Refusal.NotFound();
            }

            await transaction.CommitAsync(cancellationToken);
            return Unit.Value;
        }

        private Task<bool> IsRepeat(Reply request, CancellationToken cancellation) =>
            db.Messages.AnyAsync(m => m.Id == request.Id && m.ConversationId == request.ConversationId && m.ById == user.Id, cancellation);
    }
}
