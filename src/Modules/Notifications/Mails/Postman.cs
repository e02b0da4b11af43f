using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Mails;

/// <summary>Takes waiting mails to the mail server and writes down what became of each.</summary>
internal sealed class Postman(NotificationsDb db, MailServer server, TimeProvider clock, ILogger<Postman> log)
{
    /// <summary>A host that dies with a mail in its hands lets go of it after this.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <returns>How many were sent.</returns>
    public async Task<int> SendDue(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        var sent = 0;
        using var line = server.Open();
        foreach (var id in ids)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            // Of two hosts that see it due, the second one's update finds it no longer so.
            if (await db.Mails.Where(m => m.Id == id && m.State == MailState.Waiting && m.DueAt <= now).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.DueAt, now + Claim), cancellation) == 0)
            {
                continue;
            }

            var mail = await db.Mails.AsNoTracking().FirstAsync(m => m.Id == id, cancellation);
            try
            {
                await line.Send(mail, cancellation);
                sent++;
                now = clock.GetUtcNow().UtcDateTime;
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                await db.Mails.Where(m => m.Id == id).ExecuteUpdateAsync(set => set
                    .SetProperty(m => m.State, MailState.Sent)
                    .SetProperty(m => m.SentAt, now)
                    .SetProperty(m => m.DueAt, (DateTime?)null)
                    .SetProperty(m => m.AttemptCount, m => m.AttemptCount + 1)
                    .SetProperty(m => m.LastError, (string?)null), cancellation);
                await Settled(id, true, null, cancellation);
                await transaction.CommitAsync(cancellation);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                await KeepForLater(mail, failure, cancellation);
            }
        }

        return sent;
    }

    private async Task KeepForLater(Mail mail, Exception failure, CancellationToken cancellation)
    {
        var attempts = mail.AttemptCount + 1;
        var kind = Kind(failure);
        var last = attempts >= Mail.Attempts || IsForGood(failure);
        DateTime? due = last ? null : clock.GetUtcNow().UtcDateTime + Mail.PauseAfter(attempts);
        var state = last ? MailState.Failed : MailState.Waiting;
        log.LogWarning("Mail {MailId} failed {Attempts} times: {Failure}", mail.Id, attempts, kind);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Mails.Where(m => m.Id == mail.Id).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, state)
            .SetProperty(m => m.DueAt, due)
            .SetProperty(m => m.AttemptCount, attempts)
            .SetProperty(m => m.LastError, kind), cancellation);
        if (last)
            await Settled(mail.Id, false, kind, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task Settled(Guid id, bool sent, string? error, CancellationToken cancellation)
    {
        db.Tell(new MailSettled(id, sent, error, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(cancellation);
    }

    private static string Kind(Exception failure) => failure switch
    {
        SmtpException { StatusCode: not SmtpStatusCode.GeneralFailure } smtp => $"{(int)smtp.StatusCode} {smtp.StatusCode}",
        OperationCanceledException => "timeout",
        { InnerException: { } cause } => cause.GetType().Name,
        _ => failure.GetType().Name,
    };

    // 5xx at the recipient: no such mailbox. Of the other refusals the server may think better.
    private static bool IsForGood(Exception failure) =>
        failure is SmtpFailedRecipientException { StatusCode: SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed } or FormatException;
}
