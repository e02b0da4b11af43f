using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Notifications.Contracts;

namespace Platform.Referti.Deliveries;

/// <summary>What became of the e-mail to a citizen. Other mails are no matter of ours.</summary>
internal sealed class WhenMailSettled(RefertiDb db) : IReaction<MailSettled>
{
    public async Task React(Told<MailSettled> told, CancellationToken cancellation)
    {
        var mail = told.Event;
        if (await db.Deliveries.SingleOrDefaultAsync(d => d.MailId == mail.MailId, cancellation) is not { } delivery)
            return;
        delivery.MailSettled(mail.Sent, mail.Error, mail.At);
        await db.SaveChangesAsync(cancellation);
    }
}
