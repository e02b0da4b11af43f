using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The person's reports, on her page: each release, for those who may see the report.</summary>
internal sealed class ReportTimeline(RefertiDb db, ICurrentUser user, Texts texts) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(Guid patientId, CancellationToken cancellation)
    {
        if (!user.May(RefertiModule.Read))
            return [];
        var reports = await db.Reports.AsNoTracking().Include(r => r.Versions).Within(Report.Scope, user, RefertiModule.Read)
            .Where(r => r.PatientId == patientId).ToListAsync(cancellation);
        return [.. reports.SelectMany(r => r.Versions.Select(v => new TimelineEntry(
            v.IssuedAt,
            $"{texts[Words.Of(v.Kind)]}: {texts[Words.Of(v.Result)]}",
            texts[Words.Of(v.TestType)],
            $"/referti/{r.Id}",
            v.Kind != ReportVersionKind.Annulment && v.Result == ReportResult.Detected)))];
    }
}
