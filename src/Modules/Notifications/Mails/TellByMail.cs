using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Mails;

internal sealed class TellByMailHandler(NotificationsDb db, IRecipientDirectory directory, NeutralMail neutral, MailSettings settings, TimeProvider clock)
    : IRequestHandler<TellByMail, Unit>
{
    public async Task<Unit> Handle(TellByMail request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var mails = (await directory.AddressesOf([request.To], cancellationToken))[request.To]
            .Select(to => neutral.To(to.Email, to.Language, StableId.Of(request.Cause, $"mail {to.AccountId}"), now, request.Link)).ToList();
        var ids = mails.ConvertAll(m => m.Id);
        var posted = await db.Mails.Where(m => ids.Contains(m.Id)).Select(m => m.Id).ToListAsync(cancellationToken);
        mails.RemoveAll(m => posted.Contains(m.Id));
        db.Mails.AddRange(mails);
        foreach (var some in settings.Sends ? mails.Select(m => m.Id).Chunk(MailsQueued.Most) : [])
            db.Tell(new MailsQueued(some));
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
