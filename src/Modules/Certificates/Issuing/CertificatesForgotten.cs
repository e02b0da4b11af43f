using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.Certificates.Issuing;

/// <summary>Certificates whose signature ended long ago go; what they came from goes with the last of them, and what never gave one after as long.</summary>
internal sealed class CertificatesForgotten(CertificatesDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.Certificates;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        var over = db.Certificates.AsNoTracking().Where(c => c.ExpiresAt < before && !held.Contains(c.PatientId))
            .OrderBy(c => c.ExpiresAt).ThenBy(c => c.Id).Select(c => new Forgotten(c.Id, c.PatientId));
        var gone = await forgetting.InBatches(db, What, over, ids => db.Certificates.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancellation), cancellation);
        // Doses stay: the numbers of those to come are counted from them.
        var empty = db.Occasions.AsNoTracking()
            .Where(o => o.ToldAt < before && o.Source != OccasionSource.Dose && o.State != OccasionState.Waiting && !held.Contains(o.PatientId) && !db.Certificates.Any(c => c.OccasionId == o.Id))
            .OrderBy(o => o.ToldAt).ThenBy(o => o.Id).Select(o => new Forgotten(o.Id, o.PatientId));
        return gone + await forgetting.InBatches(db, What, empty, async ids =>
        {
            await db.Codes.Where(c => ids.Contains(c.OccasionId)).ExecuteDeleteAsync(cancellation);
            await db.Occasions.Where(o => ids.Contains(o.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
    }
}
