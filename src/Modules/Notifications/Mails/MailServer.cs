using System.Net;
using System.Net.Mail;
using System.Text;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Mails;

/// <summary>The mail server of the configuration, spoken to by SMTP.</summary>
internal sealed class MailServer(MailSettings settings, TimeProvider clock)
{
    public MailLine Open() => new(settings, clock);
}

/// <summary>One connection for the mails that follow each other: greeting, encryption and sign-in cost more than a mail.</summary>
internal sealed class MailLine(MailSettings settings, TimeProvider clock) : IDisposable
{
    // Servers end a connection that goes on for ever.
    private const int MostMails = MailsQueued.Most;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private SmtpClient? client;
    private int mails;

    /// <exception cref="SmtpException">The server refused, or was not there; the next mail finds a new connection.</exception>
    public async Task Send(Mail mail, CancellationToken cancellation)
    {
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
        var sent = false;
        try
        {
            client ??= Connect();
            await client.SendMailAsync(message, either.Token);
            sent = true;
        }
        finally
        {
            if (!sent || ++mails == MostMails)
                Dispose();
        }
    }

    public void Dispose()
    {
        client?.Dispose();
        (client, mails) = (null, 0);
    }

    private SmtpClient Connect()
    {
        var server = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
        if (settings.UserName is { Length: > 0 } userName)
            server.Credentials = new NetworkCredential(userName, settings.Password);
        return server;
    }
}
