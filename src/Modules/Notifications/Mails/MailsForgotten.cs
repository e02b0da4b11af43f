using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.Notifications.Mails;

/// <summary>Mails that went, or never will; one that waits stays.</summary>
internal sealed class MailsForgotten(NotificationsDb db) : IForgets
{
    public string What => Retention.Mails;

    public Task<int> Forget(DateTime before, CancellationToken cancellation) =>
        db.Mails.Where(m => m.CreatedAt < before && m.State != MailState.Waiting).ExecuteDeleteAsync(cancellation);
}
