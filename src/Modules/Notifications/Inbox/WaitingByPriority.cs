using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Inbox;

/// <summary>How many messages wait for the reader, of each priority.</summary>
[Requires(NotificationsModule.ReadInbox)]
internal sealed record WaitingByPriority : IQuery<IReadOnlyDictionary<MessagePriority, int>>
{
    internal sealed class Handler(NotificationsDb db, ICurrentUser user) : IRequestHandler<WaitingByPriority, IReadOnlyDictionary<MessagePriority, int>>
    {
        public async Task<IReadOnlyDictionary<MessagePriority, int>> Handle(WaitingByPriority request, CancellationToken cancellationToken)
        {
            var counted = await db.UnreadOf(user).GroupBy(m => m.Priority).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
            return Enum.GetValues<MessagePriority>().ToDictionary(p => p, p => counted.FirstOrDefault(c => c.Key == p)?.Count ?? 0);
        }
    }
}
