using System.Net;
using System.Net.Mail;
using System.Text;

namespace Platform.Notifications.Mails;

/// <summary>The mail server of the configuration, spoken to by SMTP.</summary>
internal sealed class MailServer(MailSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="SmtpException">The server refused, or was not there.</exception>
    public async Task Send(Mail mail, CancellationToken cancellation)
    {
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
        if (settings.UserName is { Length: > 0 } userName)
            client.Credentials = new NetworkCredential(userName, settings.Password);
        using var message = new MailMessage(settings.From, mail.ToAddress, mail.Subject, mail.Body)
        {
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        // The same id at every attempt: a mail that the server took just before we died is recognised.
        message.Headers.Add("Message-ID", $"<{mail.Id:N}@{message.From!.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", mail.Language);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        await client.SendMailAsync(message, either.Token);
    }
}
