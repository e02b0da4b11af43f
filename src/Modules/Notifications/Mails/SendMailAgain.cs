using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Mails;

/// <summary>An operator has a failed mail sent once more, from the first attempt on.</summary>
[Requires(NotificationsModule.ReadOutbox)]
internal sealed record SendMailAgain : ICommand<Unit>, IPaced
{
    public Guid Id { get; init; }

    internal sealed class Handler(NotificationsDb db, MailSettings settings, TimeProvider clock) : IRequestHandler<SendMailAgain, Unit>
    {
        public async Task<Unit> Handle(SendMailAgain request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (await db.Mails.Where(m => m.Id == request.Id && m.State == MailState.Failed).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, MailState.Waiting)
                .SetProperty(m => m.AttemptCount, 0)
                .SetProperty(m => m.DueAt, now), cancellationToken) == 0)
            {
                throw Refusal.NotFound();
            }

            if (settings.Sends)
            {
                db.Tell(new MailsQueued([request.Id]));
                await db.SaveChangesAsync(cancellationToken);
            }

            return Unit.Value;
        }
    }
}
