using Platform.BuildingBlocks.Messaging;

namespace Platform.Notifications.Contracts;

/// <summary>Mails wait that could go at once: told only where a mail server is configured.</summary>
public sealed record MailsQueued(Guid[] Mails) : IEvent
{
    /// <summary>Mail servers take their time: no event keeps the courier for long.</summary>
    public const int Most = 50;
}
