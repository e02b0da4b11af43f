using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Inbox;

/// <summary>The messages of somebody's scopes and account: what she has not yet taken note of and must not wait on
/// top, then the newest.</summary>
[Requires(NotificationsModule.ReadInbox)]
internal sealed record InboxList(bool All, string? Group, int Page) : IQuery<InboxListAnswer>
{
    internal sealed class Handler(NotificationsDb db, ICurrentUser user) : IRequestHandler<InboxList, InboxListAnswer>
    {
        public async Task<InboxListAnswer> Handle(InboxList request, CancellationToken cancellationToken)
        {
            var account = user.Id;
            var mine = db.Messages.AsNoTracking().For(user);
            var groups = await mine.Select(m => m.Group).Distinct().OrderBy(g => g).ToListAsync(cancellationToken);
            if (!string.IsNullOrEmpty(request.Group))
                mine = mine.Where(m => m.Group == request.Group);
            var rows = mine.Select(m => new { Message = m, Read = db.ReadMarks.Any(r => r.MessageId == m.Id && r.AccountId == account) });
            if (!request.All)
                rows = rows.Where(r => !r.Read);
            var listing = await rows
                .OrderBy(r => !r.Read && r.Message.Priority == MessagePriority.High ? 0 : 1)
                .ThenByDescending(r => r.Message.At).ThenByDescending(r => r.Message.Id)
                .Select(r => new InboxRow(r.Message.Id, r.Message.At, r.Message.Priority, r.Message.Subject, r.Message.Arguments,
                    r.Message.Link, r.Message.Group, r.Message.PatientId, r.Read))
                .ToListing(request.Page, Listings.DefaultSize, cancellationToken);
            return new(listing, groups);
        }
    }
}

internal sealed record InboxRow(
    Guid Id, DateTime At, MessagePriority Priority, string Subject, string Arguments, string Link, string Group, Guid? PatientId, bool Read);

internal sealed record InboxListAnswer(Listing<InboxRow> Messages, IReadOnlyList<string> Groups) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Messages.Rows.Where(r => r.PatientId is not null).Select(r => r.PatientId!.Value);
}
