using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.TurnAround;

internal sealed class WhenSampleTakenItsTimesBegin(RefertiDb db, Region region) : IGroupReaction<SampleCollected>
{
    public async Task React(IReadOnlyList<Told<SampleCollected>> told, CancellationToken cancellation)
    {
        var times = await TimesOfSamples.Of(db, region, told.Select(t => t.Event.RequestId), cancellation);
        foreach (var sample in told.Select(t => t.Event))
            times.Take(sample.RequestId, sample.LabCode).CollectedAt = sample.At;
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class WhenSampleReceivedItWaits(RefertiDb db, Region region) : IGroupReaction<SampleReceived>
{
    public async Task React(IReadOnlyList<Told<SampleReceived>> told, CancellationToken cancellation)
    {
        var times = await TimesOfSamples.Of(db, region, told.Select(t => t.Event.RequestId), cancellation);
        foreach (var sample in told.Select(t => t.Event))
            times.Take(sample.RequestId, sample.LabCode).ReceivedAt = sample.At;
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>What the report says now decides: events of one report may come in another order than they were told.</summary>
internal sealed class WhenReportIssuedTheTimesEnd(RefertiDb db, Region region) : IGroupReaction<ReportIssued>
{
    public async Task React(IReadOnlyList<Told<ReportIssued>> told, CancellationToken cancellation)
    {
        var ids = told.Select(t => t.Event.ReportId).Distinct().ToList();
        var reports = await db.Reports.AsNoTracking().Where(r => ids.Contains(r.Id))
            .Select(r => new { Report = r, First = r.Versions.OrderBy(v => v.Number).Select(v => new { v.CollectedAt, v.ReceivedAt }).First() }).ToListAsync(cancellation);
        var times = await TimesOfSamples.Of(db, region, reports.Select(r => r.Report.RequestId ?? r.Report.Id), cancellation);
        foreach (var (report, first) in reports.OrderBy(r => r.Report.IssuedAt).Select(r => (r.Report, r.First)))
            times.Take(report.RequestId ?? report.Id, report.LabCode).Released(report, first.CollectedAt, first.ReceivedAt);
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>The times of some samples; those that are not kept yet begin when they are taken up.</summary>
internal sealed class TimesOfSamples(RefertiDb db, Region region, Dictionary<Guid, SampleTimes> known)
{
    public static async Task<TimesOfSamples> Of(RefertiDb db, Region region, IEnumerable<Guid> samples, CancellationToken cancellation)
    {
        var ids = samples.Distinct().ToList();
        return new(db, region, await db.SampleTimes.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellation));
    }

    public SampleTimes Take(Guid id, string lab)
    {
        if (!known.TryGetValue(id, out var times))
            known[id] = times = db.SampleTimes.Add(new() { Id = id, LabCode = lab, LabAsl = "" }).Entity;
        (times.LabCode, times.LabAsl) = (lab, region.AslOfLab(lab));
        return times;
    }
}
