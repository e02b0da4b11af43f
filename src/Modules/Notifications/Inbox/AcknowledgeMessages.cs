using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Lists;

namespace Platform.Notifications.Inbox;

/// <summary>Somebody has taken note of messages: they wait for her no longer, and go on waiting for the others.</summary>
[Requires(NotificationsModule.ReadInbox)]
internal sealed record AcknowledgeMessages : ICommand<int>
{
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    internal sealed class Validator : AbstractValidator<AcknowledgeMessages>
    {
        public Validator() => RuleFor(a => a.Ids).Must(ids => ids.Count is > 0 and <= Listings.LargestSize).WithMessage("Scelga almeno un messaggio.");
    }

    internal sealed class Handler(NotificationsDb db, ICurrentUser user, IDatabaseEngine engine, TimeProvider clock)
        : IRequestHandler<AcknowledgeMessages, int>
    {
        public async Task<int> Handle(AcknowledgeMessages request, CancellationToken cancellationToken)
        {
            var account = user.Id!.Value;
            var unread = await db.Messages.For(user)
                .Where(m => request.Ids.Contains(m.Id) && !db.ReadMarks.Any(r => r.MessageId == m.Id && r.AccountId == account))
                .Select(m => m.Id).ToListAsync(cancellationToken);
            db.ReadMarks.AddRange(unread.Select(id => new ReadMark { AccountId = account, By = user.DisplayName, MessageId = id, At = clock.GetUtcNow().UtcDateTime }));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                // The button was pressed twice.
                db.ChangeTracker.Clear();
            }

            return unread.Count;
        }
    }
}
