using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.Testing.Requests;

/// <summary>Requests that are at an end and over the term, with their moves; one that is still open is care in progress.</summary>
internal sealed class RequestsForgotten(TestingDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.SwabRequests;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        var over = db.Requests.AsNoTracking().Where(r => r.RequestedAt < before && !SwabMoves.Open.Contains(r.State) && !held.Contains(r.PatientId))
            .OrderBy(r => r.RequestedAt).ThenBy(r => r.Id).Select(r => new Forgotten(r.Id, r.PatientId));
        return await forgetting.InBatches(db, What, over, ids => db.Requests.Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(cancellation), cancellation);
    }
}
