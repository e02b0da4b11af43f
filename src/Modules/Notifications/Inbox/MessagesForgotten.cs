using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.Notifications.Inbox;

/// <summary>With the marks of who took note. Of somebody whose data are held back they stay.</summary>
internal sealed class MessagesForgotten(NotificationsDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.InboxMessages;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        return await db.Messages.Where(m => m.At < before && (m.PatientId == null || !held.Contains(m.PatientId.Value))).ExecuteDeleteAsync(cancellation);
    }
}
