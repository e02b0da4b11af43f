using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Correspondence.Contracts;
using Platform.Notifications.Contracts;

namespace Platform.Correspondence.Conversations;

/// <summary>The other side is told by e-mail that there is a message, and nothing of what it says.</summary>
internal sealed class WhenMessageWritten(IMediator mediator) : IReaction<MessageWritten>
{
    public Task React(Told<MessageWritten> told, CancellationToken cancellation)
    {
        var written = told.Event;
        var to = written.ToOffice ? Recipient.Of(ScopeKind.Asl, written.AslCode) : Recipient.Of(ScopeKind.GpList, written.ListCode);
        return mediator.Send(new TellByMail(written.MessageId, to, $"/conversations/{written.ConversationId}"), cancellation);
    }
}
