using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Correspondence.Conversations;

/// <summary>How many conversations wait to be read by the user's side: in the header of every page, and on her home page.</summary>
internal sealed class UnreadConversations(CorrespondenceDb db, ICurrentUser user) : IHeaderCount, IHomeCards
{
    private const int Enough = 1000;

    private IQueryable<Conversation> Waiting => db.Conversations.AsNoTracking().Within(Conversation.Scope, user, CorrespondenceModule.Converse).UnreadBy(user);

    async Task<HeaderCount?> IHeaderCount.Of(CancellationToken cancellation) =>
        user.May(CorrespondenceModule.Converse) ? new("Conversazioni", "it-comment", "/conversations", await Waiting.Take(Enough).CountAsync(cancellation)) : null;

    async Task<IReadOnlyList<HomeCard>> IHomeCards.Of(CancellationToken cancellation)
    {
        if (!user.May(CorrespondenceModule.Converse))
            return [];
        var urgent = await Waiting.Where(c => c.Urgent && c.ClosedAt == null).Take(Enough).CountAsync(cancellation);
        return urgent > 0
            ? [new("Conversazioni urgenti da leggere", "Le ha scritto l’ASL o un medico.", urgent, "/conversations?show=Unread", Urgent: true, 12)]
            : await Waiting.Take(Enough).CountAsync(cancellation) is > 0 and var waiting
                ? [new("Conversazioni da leggere", "Le ha scritto l’ASL o un medico.", waiting, "/conversations?show=Unread", Urgent: false, 61)] : [];
    }
}
