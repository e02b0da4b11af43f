using Microsoft.EntityFrameworkCore;
using Platform.Testing.Contracts;

namespace Platform.Testing.Labs;

/// <summary>Which lab a sample goes to: of the hotspot's ASL, the one whose backlog is lowest relative to what it
/// can do in a day; of the whole region when that ASL has none. Equal ones by code.</summary>
internal static class LabChoice
{
    /// <returns>Null when there is no lab at all.</returns>
    public static Task<Lab?> LabForSampleOf(this TestingDb db, string aslCode, CancellationToken cancellation) =>
        db.Labs
            .OrderBy(l => l.AslCode == aslCode ? 0 : 1)
            .ThenBy(l => 1.0 * db.Requests.Count(r => r.LabCode == l.Code
                && (r.State == SwabRequestState.Collected || r.State == SwabRequestState.Sent || r.State == SwabRequestState.Received))
                / l.DailyCapacity)
            .ThenBy(l => l.Code)
            .FirstOrDefaultAsync(cancellation);
}
