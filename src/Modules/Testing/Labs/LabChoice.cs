using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Labs;

/// <param name="Backlog">Samples taken whose result is still awaited (PREDECESSOR 2.10).</param>
internal sealed record LabWork(string Code, string Name, string AslCode, int DailyCapacity, int Backlog);

/// <summary>Which lab a sample goes to: of the hotspot's ASL, the one with the least work before it, in quarters of a
/// day of what it can do; of the whole region when that ASL has none. Equal ones by code, so that the samples of a
/// hotspot travel together and do not scatter over the labs one by one. A lab that is stopped is not proposed.</summary>
internal static class LabChoice
{
    private const int QuartersOfADay = 4;

    /// <returns>The labs at work now, the proposed one first.</returns>
    public static IQueryable<LabWork> LabsForSampleOf(this TestingDb db, string aslCode, DateTime now) =>
        db.Labs
            .Where(l => !db.LabStops.Any(s => s.LabCode == l.Code && s.From <= now && (s.Until == null || s.Until > now)))
            .Select(l => new
            {
                Lab = l,
                Backlog = db.Requests.Count(r => r.LabCode == l.Code
                    && (r.State == SwabRequestState.Collected || r.State == SwabRequestState.Sent || r.State == SwabRequestState.Received)),
            })
            .OrderBy(l => l.Lab.AslCode == aslCode ? 0 : 1)
            .ThenBy(l => QuartersOfADay * l.Backlog / l.Lab.DailyCapacity)
            .ThenBy(l => l.Lab.Code)
            .Select(l => new LabWork(l.Lab.Code, l.Lab.Name, l.Lab.AslCode, l.Lab.DailyCapacity, l.Backlog));
}

/// <summary>The labs that can take the sample of that request, the proposed one first.</summary>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record LabsFor(Guid RequestId) : IQuery<IReadOnlyList<LabWork>>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<LabsFor, IReadOnlyList<LabWork>>
    {
        public async Task<IReadOnlyList<LabWork>> Handle(LabsFor request, CancellationToken cancellationToken)
        {
            var hotspot = await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .Where(r => r.Id == request.RequestId).Select(r => r.HotspotCode).SingleOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
            var asl = await db.Hotspots.Where(h => h.Code == hotspot).Select(h => h.AslCode).SingleAsync(cancellationToken);
            return await db.LabsForSampleOf(asl, clock.GetUtcNow().UtcDateTime).ToListAsync(cancellationToken);
        }
    }
}
