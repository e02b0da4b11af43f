using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Inbox;

/// <summary>How many messages wait for the user: in the header of every page, and on her home page.</summary>
internal sealed class Unread(NotificationsDb db, ICurrentUser user) : IHeaderCount, IHomeCards
{
    /// <summary>Beyond this nobody reads the figure, and counting costs.</summary>
    private const int Enough = 1000;

    private IQueryable<InboxMessage> Waiting => db.UnreadOf(user);

    async Task<HeaderCount?> IHeaderCount.Of(CancellationToken cancellation) =>
        user.May(NotificationsModule.ReadInbox) ? new("Messaggi", "it-mail", "/inbox", await Waiting.Take(Enough).CountAsync(cancellation)) : null;

    async Task<IReadOnlyList<HomeCard>> IHomeCards.Of(CancellationToken cancellation)
    {
        if (!user.May(NotificationsModule.ReadInbox))
            return [];
        var high = await Waiting.Where(m => m.Priority == MessagePriority.High).Take(Enough).CountAsync(cancellation);
        var all = await Waiting.Take(Enough).CountAsync(cancellation);
        var untaken = await db.Messages.AsNoTracking().For(user).Urgent(db).Take(Enough).CountAsync(cancellation);
        HomeCard mine = high > 0
            ? new("Messaggi urgenti da leggere", "Positivi e correzioni di cui prendere atto.", high, "/inbox", Urgent: true, 10)
            : new("Messaggi da leggere", "Novità sui suoi assistiti e sulle sue richieste.", all, "/inbox", Urgent: false, 60);
        return untaken > 0
            ? [mine, new("Urgenti di cui nessuno ha preso atto", "Né lei né un collega.", untaken, "/inbox?show=Untaken", Urgent: false, 11)]
            : [mine];
    }
}
