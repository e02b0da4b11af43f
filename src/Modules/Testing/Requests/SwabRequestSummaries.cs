using System.Linq.Expressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Testing.Contracts;
using Platform.Testing.Samples;

namespace Platform.Testing.Requests;

/// <summary>Answers the other modules' questions about requests.</summary>
internal sealed class SwabRequestSummaries(TestingDb db) :
    IRequestHandler<SwabRequestByAccession, SwabRequestSummary?>,
    IRequestHandler<SwabRequestsByAccession, IReadOnlyDictionary<string, SwabRequestSummary>>,
    IRequestHandler<OpenSwabRequestsOfMany, ILookup<Guid, SwabRequestSummary>>,
    IRequestHandler<SwabRequestById, SwabRequestSummary?>,
    IRequestHandler<OpenSwabRequestsOf, IReadOnlyList<SwabRequestSummary>>
{
    internal static readonly Expression<Func<SwabRequest, SwabRequestSummary>> Summary = r => new(
        r.Id, r.PatientId, r.State, r.TestType, r.AccessionNumber, r.LabCode, r.HotspotCode, r.RequestedBy, r.RequesterName, r.RequestedAt, r.CollectedAt);

    private static readonly Expression<Func<SwabRequest, bool>> IsOpen = r =>
        r.State != SwabRequestState.Reported && r.State != SwabRequestState.Cancelled && r.State != SwabRequestState.Refused && r.State != SwabRequestState.Failed;

    public Task<SwabRequestSummary?> Handle(SwabRequestByAccession request, CancellationToken cancellationToken)
    {
        var number = AccessionNumber.Normalise(request.AccessionNumber);
        return number.Length == 0
            ? Task.FromResult<SwabRequestSummary?>(null)
            : db.Requests.Where(r => r.AccessionNumber == number).Select(Summary).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, SwabRequestSummary>> Handle(SwabRequestsByAccession request, CancellationToken cancellationToken)
    {
        var numbers = request.AccessionNumbers.Distinct().ToDictionary(n => n, AccessionNumber.Normalise);
        var wanted = numbers.Values.Where(n => n.Length > 0).Distinct().ToList();
        var found = (await db.Requests.Where(r => wanted.Contains(r.AccessionNumber!)).Select(Summary).ToListAsync(cancellationToken)).ToDictionary(r => r.AccessionNumber!);
        return numbers.Where(n => found.ContainsKey(n.Value)).ToDictionary(n => n.Key, n => found[n.Value]);
    }

    public async Task<ILookup<Guid, SwabRequestSummary>> Handle(OpenSwabRequestsOfMany request, CancellationToken cancellationToken) =>
        (await db.Requests
            .Where(IsOpen).Where(r => request.PatientIds.Contains(r.PatientId))
            .OrderBy(r => r.CollectedAt == null ? 1 : 0).ThenByDescending(r => r.CollectedAt).ThenByDescending(r => r.RequestedAt)
            .Select(Summary).ToListAsync(cancellationToken)).ToLookup(r => r.PatientId);

    public Task<SwabRequestSummary?> Handle(SwabRequestById request, CancellationToken cancellationToken) =>
        db.Requests.Where(r => r.Id == request.Id).Select(Summary).SingleOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<SwabRequestSummary>> Handle(OpenSwabRequestsOf request, CancellationToken cancellationToken) =>
        await db.Requests
            .Where(IsOpen).Where(r => r.PatientId == request.PatientId)
            .OrderBy(r => r.CollectedAt == null ? 1 : 0).ThenByDescending(r => r.CollectedAt).ThenByDescending(r => r.RequestedAt)
            .Select(Summary).ToListAsync(cancellationToken);
}
