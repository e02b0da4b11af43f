using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Inbox;

/// <summary>All who have taken note of an urgent message, the first one first, for those who get it too.</summary>
[Requires(NotificationsModule.ReadInbox)]
internal sealed record Takers(Guid Id) : IQuery<TakersAnswer>
{
    internal sealed class Handler(NotificationsDb db, ICurrentUser user) : IRequestHandler<Takers, TakersAnswer>
    {
        public async Task<TakersAnswer> Handle(Takers request, CancellationToken cancellationToken)
        {
            var message = await db.Messages.AsNoTracking().For(user).FirstOrDefaultAsync(m => m.Id == request.Id && m.Priority == MessagePriority.High, cancellationToken)
                ?? throw Refusal.NotFound();
            return new(message, await db.ReadMarks.AsNoTracking().Where(t => t.MessageId == request.Id).OrderBy(t => t.At).ThenBy(t => t.AccountId).ToListAsync(cancellationToken));
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record TakersAnswer(InboxMessage Message, IReadOnlyList<ReadMark> Marks) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Message.PatientId is { } person ? [person] : [];
}
