using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.Correspondence.Conversations;

/// <summary>Conversations in which nobody has written for the term, closed or not, with their messages.</summary>
internal sealed class ConversationsForgotten(CorrespondenceDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.Conversations;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        var over = db.Conversations.AsNoTracking().Where(c => c.LastAt < before && (c.PatientId == null || !held.Contains(c.PatientId.Value)))
            .OrderBy(c => c.LastAt).ThenBy(c => c.Id).Select(c => new Forgotten(c.Id, c.PatientId));
        return await forgetting.InBatches(db, What, over, async ids =>
        {
            await db.Messages.Where(m => ids.Contains(m.ConversationId)).ExecuteDeleteAsync(cancellation);
            await db.Conversations.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
    }
}
