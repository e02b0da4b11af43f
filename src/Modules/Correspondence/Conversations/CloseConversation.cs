using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Correspondence.Conversations;

/// <summary>One of the two sides says that the matter is settled, or takes it up again. Done twice it is done once.</summary>
/// <param name="Closed">Or open again.</param>
[Requires(CorrespondenceModule.Converse)]
internal sealed record CloseConversation(Guid Id, bool Closed) : ICommand<Unit>
{
    internal sealed class Handler(CorrespondenceDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<CloseConversation, Unit>
    {
        public async Task<Unit> Handle(CloseConversation request, CancellationToken cancellationToken)
        {
            var conversation = await db.Conversations.AsNoTracking().Within(Conversation.Scope, user, CorrespondenceModule.Converse)
                .FirstOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            DateTime? at = request.Closed ? clock.GetUtcNow().UtcDateTime : null;
            var by = request.Closed ? user.DisplayName : null;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await db.Conversations.Where(c => c.Id == request.Id && (c.ClosedAt == null) == request.Closed).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.ClosedAt, at).SetProperty(c => c.ClosedBy, by), cancellationToken) > 0)
            {
                if (conversation.PatientId is { } person)
                    db.Audit("write", "correspondence.CloseConversation", [person]);
                await db.SaveChangesAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
