using Microsoft.EntityFrameworkCore;
using Platform.Testing.Contracts;

namespace Platform.Testing.Labs;

/// <summary>Which lab a sample goes to: of the hotspot's ASL, the one with the least work before it, in quarters of a
/// day of what it can do; of the whole region when that ASL has none. Equal ones by code, so that the samples of a
/// hotspot travel together and do not scatter over the labs one by one.</summary>
internal static class LabChoice
{
    private const int QuartersOfADay = 4;

    /// <returns>Null when there is no lab at all.</returns>
    public static Task<Lab?> LabForSampleOf(this TestingDb db, string aslCode, CancellationToken cancellation) =>
        db.Labs
            .OrderBy(l => l.AslCode == aslCode ? 0 : 1)
            .ThenBy(l => QuartersOfADay * db.Requests.Count(r => r.LabCode == l.Code
                && (r.State == SwabRequestState.Collected || r.State == SwabRequestState.Sent || r.State == SwabRequestState.Received))
                / l.DailyCapacity)
            .ThenBy(l => l.Code)
            .FirstOrDefaultAsync(cancellation);
}
