using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Inbox;

/// <summary>The messages of somebody's scopes and account: what she has not yet taken note of and must not wait on
/// top, then the newest.</summary>
[Requires(NotificationsModule.ReadInbox)]
/// <param name="Untaken">Only what is urgent and nobody at all has taken note of.</param>
internal sealed record InboxList(bool All, string? Group, bool Untaken = false) : ListQuery<InboxRow>
{
    private static readonly Orders<MessageToMe> Order = new Orders<MessageToMe>(m => m.Message.Id).By("at", m => m.Message.At);

    public override string StandingSort => "-at";

    public MessagePriority? Priority { get; init; }

    internal sealed class Handler(NotificationsDb db, ICurrentUser user) : IRequestHandler<InboxList, Listing<InboxRow>>
    {
        public Task<Listing<InboxRow>> Handle(InboxList request, CancellationToken cancellationToken)
        {
            var account = user.Id;
            var mine = db.Messages.AsNoTracking().For(user);
            if (!string.IsNullOrEmpty(request.Group))
                mine = mine.Where(m => m.Group == request.Group);
            if (request.Priority is { } priority)
                mine = mine.Where(m => m.Priority == priority);
            if (request.Untaken)
                mine = mine.Urgent(db);
            var rows = mine.Select(m => new MessageToMe { Message = m, Read = db.ReadMarks.Any(r => r.MessageId == m.Id && r.AccountId == account) });
            if (!request.All)
                rows = rows.Where(r => !r.Read);
            return rows.List(request, Order, sorted => sorted.Select(r => new InboxRow(r.Message.Id, r.Message.At, r.Message.Priority, r.Message.Subject, r.Message.Arguments,
                    r.Message.Link, r.Message.Group, r.Message.PatientId, r.Read,
                    r.Message.Priority == MessagePriority.High ? db.ReadMarks.Where(t => t.MessageId == r.Message.Id).OrderBy(t => t.At).ThenBy(t => t.AccountId).Select(t => t.By).FirstOrDefault() : null,
                    r.Message.Priority == MessagePriority.High ? db.ReadMarks.Where(t => t.MessageId == r.Message.Id).Min(t => (DateTime?)t.At) : null,
                    r.Message.Priority == MessagePriority.High ? db.ReadMarks.Count(t => t.MessageId == r.Message.Id) : 0)), cancellationToken,
                r => !r.Read && r.Message.Priority == MessagePriority.High);
        }
    }

    private sealed class MessageToMe
    {
        public required InboxMessage Message { get; init; }
        public required bool Read { get; init; }
    }
}

/// <param name="Read">By the reader herself.</param>
/// <param name="TakenBy">Who first took note of an urgent one, of all those who get it.</param>
/// <param name="Takers">How many have.</param>
[Shows(FieldClass.Work)]
internal sealed record InboxRow(
    Guid Id, DateTime At, MessagePriority Priority, string Subject, string Arguments, string Link, string Group, Guid? PatientId, bool Read,
    string? TakenBy, DateTime? TakenAt, int Takers) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
}

/// <summary>What the messages of somebody's scopes and account are about.</summary>
[Requires(NotificationsModule.ReadInbox)]
internal sealed record InboxGroups : IQuery<IReadOnlyList<string>>
{
    internal sealed class Handler(NotificationsDb db, ICurrentUser user) : IRequestHandler<InboxGroups, IReadOnlyList<string>>
    {
        public async Task<IReadOnlyList<string>> Handle(InboxGroups request, CancellationToken cancellationToken) =>
            await db.Messages.AsNoTracking().For(user).Select(m => m.Group).Distinct().OrderBy(g => g).ToListAsync(cancellationToken);
    }
}
