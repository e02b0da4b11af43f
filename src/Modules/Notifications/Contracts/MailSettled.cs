using Platform.BuildingBlocks.Messaging;

namespace Platform.Notifications.Contracts;

/// <summary>A mail was taken by the mail server, or given up: whoever posted it knows now.</summary>
/// <param name="MailId">As given to <see cref="PostMail"/>.</param>
/// <param name="Error">Kind of the last failure; null when sent.</param>
public sealed record MailSettled(Guid MailId, bool Sent, string? Error, DateTime At) : IEvent;
