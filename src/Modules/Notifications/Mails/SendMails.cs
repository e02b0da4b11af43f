using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;

namespace Platform.Notifications.Mails;

/// <summary>Sends again what could not be sent before.</summary>
internal sealed class SendMails(NotificationsDb db, Postman postman, MailSettings settings, TimeProvider clock) : IScheduledJob
{
    private const int Armful = 200;

    public static string Name => "notifications.send-mails";
    public static string Title => "Invia le e-mail in attesa";
    public static string Cron => "15 * * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        if (!settings.Sends)
            return new("nessun server di posta: nulla è partito");
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Mails.AsNoTracking().Where(m => m.State == MailState.Waiting && m.DueAt <= now)
            .OrderBy(m => m.DueAt).Take(Armful).Select(m => m.Id).ToListAsync(cancellation);
        return new("{0} su {1} partite", await postman.SendDue(due, cancellation), due.Count);
    }
}
