using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;

namespace Platform.Notifications.Mails;

/// <summary>The mails of the platform, newest first, with what became of each.</summary>
[Requires(NotificationsModule.ReadOutbox)]
internal sealed record MailOutbox(MailState? State) : ListQuery<Mail>
{
    private static readonly Orders<Mail> Order = new Orders<Mail>(m => m.Id).By("at", m => m.CreatedAt);

    public override string StandingSort => "-at";

    internal sealed class Handler(NotificationsDb db) : IRequestHandler<MailOutbox, Listing<Mail>>
    {
        public Task<Listing<Mail>> Handle(MailOutbox request, CancellationToken cancellationToken)
        {
            var mails = db.Mails.AsNoTracking();
            if (request.State is { } state)
                mails = mails.Where(m => m.State == state);
            return mails.List(request, Order, sorted => sorted, cancellationToken);
        }
    }
}
