using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Testing.Requests;

/// <summary>The person's swab requests on her page.</summary>
internal sealed class SwabTimeline(TestingDb db, ICurrentUser user, Region region, Texts texts) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(Guid patientId, CancellationToken cancellation)
    {
        var requests = await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayRead)
            .Where(r => r.PatientId == patientId)
            .Select(r => new { r.Id, r.RequestedAt, r.TestType, r.State, r.Reason, r.AccessionNumber })
            .ToListAsync(cancellation);
        return [.. requests.Select(r => new TimelineEntry(
            r.RequestedAt,
            $"{texts[Words.Of(r.TestType)]}: {texts[Words.Of(r.State)]}",
            r.AccessionNumber is null ? region.Swabs.NameOfReason(r.Reason) : $"{region.Swabs.NameOfReason(r.Reason)} · {r.AccessionNumber}",
            $"/testing/requests/{r.Id}",
            Urgent: false))];
    }
}
