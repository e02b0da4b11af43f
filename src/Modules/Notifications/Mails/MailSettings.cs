using Microsoft.Extensions.Configuration;

namespace Platform.Notifications.Mails;

/// <summary>How mail leaves the platform: the section <c>Mail</c> of the configuration. Without a host nothing is
/// sent and the mails stay in the outbox page.</summary>
internal sealed class MailSettings(IConfiguration configuration)
{
    public string Host { get; } = configuration["Mail:Host"] ?? "";
    public int Port { get; } = configuration.GetValue("Mail:Port", 25);
    public string From { get; } = configuration["Mail:From"] ?? "noreply@example.org";
    public string? UserName { get; } = configuration["Mail:UserName"];
    public string? Password { get; } = configuration["Mail:Password"];

    /// <summary>STARTTLS before anything is said; a server that does not offer it is then refused.</summary>
    public bool Tls { get; } = configuration.GetValue("Mail:Tls", false);

    /// <summary>Where people reach the platform, for the link in the mails.</summary>
    public string PlatformAddress { get; } = (configuration["Platform:Address"] ?? "http://localhost:5080").TrimEnd('/');

    public bool Sends => Host.Length > 0;
}
