using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Notifications.Contracts;

namespace Platform.Referti.Deliveries;

/// <summary>What became of the e-mails to citizens. Other mails are no matter of ours.</summary>
internal sealed class WhenMailSettled(RefertiDb db) : IGroupReaction<MailSettled>
{
    public async Task React(IReadOnlyList<Told<MailSettled>> told, CancellationToken cancellation)
    {
        var ids = told.Select(t => t.Event.MailId).ToList();
        var deliveries = await db.Deliveries.Where(d => d.MailId != null && ids.Contains(d.MailId.Value)).ToListAsync(cancellation);
        foreach (var mail in told.Select(t => t.Event))
            deliveries.Find(d => d.MailId == mail.MailId)?.MailSettled(mail.Sent, mail.Error, mail.At);
        await db.SaveChangesAsync(cancellation);
    }
}
