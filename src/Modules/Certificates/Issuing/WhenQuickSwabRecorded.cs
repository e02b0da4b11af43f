using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.QuickSwabs.Contracts;

namespace Platform.Certificates.Issuing;

/// <summary>A negative quick swab gives a test certificate with its device; corrected or annulled it no longer does.</summary>
internal sealed class WhenQuickSwabRecorded(CertificatesDb db, Issuer issuer, Region region)
    : IGroupReaction<QuickSwabRecorded>, IReaction<QuickSwabCorrected>, IReaction<QuickSwabAnnulled>
{
    public Task React(IReadOnlyList<Told<QuickSwabRecorded>> told, CancellationToken cancellation) =>
        Know([.. told.Select(t => (t.Event.Swab, t.At))], cancellation);

    public Task React(Told<QuickSwabCorrected> told, CancellationToken cancellation) => Know([(told.Event.Swab, told.At)], cancellation);

    public async Task React(Told<QuickSwabAnnulled> told, CancellationToken cancellation)
    {
        var (id, patient) = (told.Event.SwabId, told.Event.PatientId);
        var known = await db.Occasions.SingleOrDefaultAsync(o => o.Id == id, cancellation);
        var swab = known ?? db.Occasions.Add(new() { Id = id, Source = OccasionSource.QuickSwab, PatientId = patient, ToldAt = told.At }).Entity;
        (swab.Annulled, swab.SourceVersion) = (true, Math.Max(swab.SourceVersion, told.Event.Version));
        await issuer.Settle([swab.PatientId], known is null ? [swab] : [], cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task Know(List<(QuickSwabFacts Swab, DateTime At)> told, CancellationToken cancellation)
    {
        var ids = told.ConvertAll(t => t.Swab.SwabId);
        var known = await db.Occasions.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellation);
        var fresh = new List<Occasion>();
        foreach (var (swab, at) in told)
        {
            if (!known.TryGetValue(swab.SwabId, out var occasion))
            {
                occasion = db.Occasions.Add(new() { Id = swab.SwabId, Source = OccasionSource.QuickSwab, PatientId = swab.PatientId, ToldAt = at }).Entity;
                known.Add(occasion.Id, occasion);
                fresh.Add(occasion);
            }

            if (swab.Version <= occasion.SourceVersion)
                continue;
            occasion.SourceVersion = swab.Version;
            (occasion.Fact, occasion.Product) = ("quick-swab", swab.DeviceId);
            occasion.Result = swab.Result switch { QuickSwabResult.Positive => "detected", QuickSwabResult.Negative => "not_detected", _ => null };
            (occasion.At, occasion.Day) = (swab.CollectedAt, region.DayOf(swab.CollectedAt));
            occasion.Place = swab.PointName.Length > Occasion.PlaceLength ? swab.PointName[..Occasion.PlaceLength] : swab.PointName;
        }

        await issuer.Settle([.. known.Values.Select(o => o.PatientId).Distinct()], fresh, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
