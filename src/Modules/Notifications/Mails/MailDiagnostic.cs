using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Operations;
using Platform.BuildingBlocks.Regions;

namespace Platform.Notifications.Mails;

/// <summary>Mails that wait for the mail server.</summary>
internal sealed class MailDiagnostic(NotificationsDb db, MailSettings settings, Region region, TimeProvider clock) : IDiagnostic
{
    private const string Area = "Posta in uscita", Page = "/notifications/outbox";

    public async Task<IReadOnlyList<Finding>> Look(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var waiting = db.Mails.AsNoTracking().Where(m => m.State == MailState.Waiting);
        var count = await waiting.CountAsync(cancellation);
        if (!settings.Sends)
            return [new("mails", Area, "Nessun server di posta: {0} e-mail aspettano", [count], Link: Page)];
        var oldest = await waiting.MinAsync(m => (DateTime?)m.CreatedAt, cancellation);
        var minutes = oldest is { } since ? (int)(now.UtcDateTime - since).TotalMinutes : 0;
        return
        [
            new("mails", Area, "{0} e-mail in attesa, la più vecchia da {1} minuti", [count, minutes],
                minutes >= region.OperationLimits.Of(OperationLimits.MailMinutes, region.DayOf(now)), Page),
            new("mails-failed", Area, "{0} e-mail non riuscite", [await db.Mails.CountAsync(m => m.State == MailState.Failed, cancellation)], Link: Page + "?state=Failed"),
        ];
    }
}
