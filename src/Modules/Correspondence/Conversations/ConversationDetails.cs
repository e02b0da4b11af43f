using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Correspondence.Conversations;

/// <summary>A conversation with all its messages, the oldest first.</summary>
[Requires(CorrespondenceModule.Converse)]
internal sealed record ConversationDetails(Guid Id) : IQuery<ConversationDetailsAnswer>
{
    internal sealed class Handler(CorrespondenceDb db, ICurrentUser user) : IRequestHandler<ConversationDetails, ConversationDetailsAnswer>
    {
        public async Task<ConversationDetailsAnswer> Handle(ConversationDetails request, CancellationToken cancellationToken)
        {
            var conversation = await db.Conversations.AsNoTracking().Within(Conversation.Scope, user, CorrespondenceModule.Converse)
                .FirstOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var messages = await db.Messages.AsNoTracking().Where(m => m.ConversationId == request.Id).OrderBy(m => m.At).ThenBy(m => m.Id).ToListAsync(cancellationToken);
            return new(conversation, messages, conversation.SideOf(user));
        }
    }
}

/// <param name="Mine">The side of whoever reads.</param>
[Shows(FieldClass.Work)]
internal sealed record ConversationDetailsAnswer(Conversation Conversation, IReadOnlyList<Message> Messages, Side Mine) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Conversation.PatientId is { } person ? [person] : [];
}

/// <summary>Somebody of a side has read what the other wrote until then: it waits for that side no longer.</summary>
[Requires(CorrespondenceModule.Converse)]
internal sealed record ReadConversation(Guid Id, DateTime Until) : ICommand<Unit>
{
    internal sealed class Handler(CorrespondenceDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<ReadConversation, Unit>
    {
        public async Task<Unit> Handle(ReadConversation request, CancellationToken cancellationToken)
        {
            var conversation = await db.Conversations.AsNoTracking().Within(Conversation.Scope, user, CorrespondenceModule.Converse)
                .FirstOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var mine = conversation.SideOf(user);
            if (!conversation.UnreadBy(mine))
                return Unit.Value;
            var (now, other) = (clock.GetUtcNow().UtcDateTime, mine == Side.Office ? Side.Doctor : Side.Office);
            var theirs = db.Messages.Where(m => m.ConversationId == request.Id && m.From == other && m.ReadAt == null);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await theirs.Where(m => m.At <= request.Until).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.ReadAt, now).SetProperty(m => m.ReadBy, user.DisplayName), cancellationToken);
            // What came while she was reading goes on waiting.
            var more = await theirs.AnyAsync(cancellationToken);
            var rows = db.Conversations.Where(c => c.Id == request.Id);
            await (mine == Side.Office
                ? rows.ExecuteUpdateAsync(set => set.SetProperty(c => c.UnreadByOffice, more), cancellationToken)
                : rows.ExecuteUpdateAsync(set => set.SetProperty(c => c.UnreadByDoctor, more), cancellationToken));
            await transaction.CommitAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
