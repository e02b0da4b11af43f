using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Notifications.Mails;

/// <summary>The mails of the platform, newest first, with what became of each.</summary>
[Requires(NotificationsModule.ReadOutbox)]
internal sealed record MailOutbox(MailState? State, int Page) : IQuery<MailOutboxAnswer>
{
    internal sealed class Handler(NotificationsDb db, MailSettings settings) : IRequestHandler<MailOutbox, MailOutboxAnswer>
    {
        public async Task<MailOutboxAnswer> Handle(MailOutbox request, CancellationToken cancellationToken)
        {
            var mails = db.Mails.AsNoTracking();
            if (request.State is { } state)
                mails = mails.Where(m => m.State == state);
            return new(
                await mails.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).ToListing(request.Page, Listings.DefaultSize, cancellationToken),
                settings.Sends);
        }
    }
}

internal sealed record MailOutboxAnswer(Listing<Mail> Mails, bool Sends) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Mails.Rows.Where(m => m.PatientId is not null).Select(m => m.PatientId!.Value);
}
