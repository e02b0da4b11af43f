using Platform.BuildingBlocks.Messaging;

namespace Platform.Notifications.Mails;

/// <summary>Mails wait that could go at once.</summary>
internal sealed record MailsQueued(Guid[] Mails) : IEvent;

/// <summary>The first attempt, at once; further ones are the job's.</summary>
internal sealed class WhenMailsQueued(Postman postman) : IReaction<MailsQueued>
{
    public Task React(Told<MailsQueued> told, CancellationToken cancellation) => postman.SendDue(told.Event.Mails, cancellation);
}
