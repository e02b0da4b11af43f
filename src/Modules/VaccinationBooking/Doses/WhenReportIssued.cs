using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Contracts;

namespace Platform.VaccinationBooking.Doses;

/// <summary>A positive of ours is an infection that counts for the next dose; corrected or annulled, it counts no more.</summary>
internal sealed class WhenReportIssued(VaccinationDb db, Region region) : IReaction<ReportIssued>
{
    private const string Disease = "covid-19";

    public async Task React(Told<ReportIssued> told, CancellationToken cancellation)
    {
        var report = told.Event;
        if (!report.IsOfVirus)
            return;
        var source = $"report {report.ReportId}";
        var day = region.DayOf(report.CollectedAt ?? report.IssuedAt);
        if (report is { Kind: not ReportVersionKind.Annulment, Result: ReportResult.Detected })
            await db.Recovered(report.PatientId, Disease, day, source, cancellation);
        else
            await db.Recoveries.Where(r => r.PatientId == report.PatientId && r.Source == source).ExecuteDeleteAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
