using Platform.BuildingBlocks.Messaging;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Mails;

/// <summary>The first attempt, at once; further ones are the job's.</summary>
internal sealed class WhenMailsQueued(Postman postman) : IReaction<MailsQueued>
{
    public Task React(Told<MailsQueued> told, CancellationToken cancellation) => postman.SendDue(told.Event.Mails, cancellation);
}
