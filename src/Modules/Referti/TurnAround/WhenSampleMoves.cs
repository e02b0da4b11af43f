using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.TurnAround;

internal sealed class WhenSampleTakenItsTimesBegin(RefertiDb db, Region region) : IReaction<SampleCollected>
{
    public async Task React(Told<SampleCollected> told, CancellationToken cancellation)
    {
        (await db.TimesOf(told.Event.RequestId, told.Event.LabCode, region, cancellation)).CollectedAt = told.Event.At;
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class WhenSampleReceivedItWaits(RefertiDb db, Region region) : IReaction<SampleReceived>
{
    public async Task React(Told<SampleReceived> told, CancellationToken cancellation)
    {
        (await db.TimesOf(told.Event.RequestId, told.Event.LabCode, region, cancellation)).ReceivedAt = told.Event.At;
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>What the report says now decides: events of one report may come in another order than they were told.</summary>
internal sealed class WhenReportIssuedTheTimesEnd(RefertiDb db, Region region) : IReaction<ReportIssued>
{
    public async Task React(Told<ReportIssued> told, CancellationToken cancellation)
    {
        var report = await db.Reports.AsNoTracking().Include(r => r.Versions).SingleAsync(r => r.Id == told.Event.ReportId, cancellation);
        var first = report.Versions.MinBy(v => v.Number)!;
        (await db.TimesOf(report.RequestId ?? report.Id, report.LabCode, region, cancellation)).Released(report, first.CollectedAt, first.ReceivedAt);
        await db.SaveChangesAsync(cancellation);
    }
}

internal static class TimesOfSample
{
    public static async Task<SampleTimes> TimesOf(this RefertiDb db, Guid id, string lab, Region region, CancellationToken cancellation)
    {
        var times = await db.SampleTimes.SingleOrDefaultAsync(t => t.Id == id, cancellation)
            ?? db.SampleTimes.Add(new() { Id = id, LabCode = lab, LabAsl = "" }).Entity;
        (times.LabCode, times.LabAsl) = (lab, region.AslOfLab(lab));
        return times;
    }
}
