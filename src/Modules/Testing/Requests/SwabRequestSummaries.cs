using System.Linq.Expressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Testing.Contracts;
using Platform.Testing.Samples;

namespace Platform.Testing.Requests;

/// <summary>Answers the other modules' questions about requests.</summary>
internal sealed class SwabRequestSummaries(TestingDb db) :
    IRequestHandler<SwabRequestByAccession, SwabRequestSummary?>,
    IRequestHandler<SwabRequestById, SwabRequestSummary?>,
    IRequestHandler<OpenSwabRequestsOf, IReadOnlyList<SwabRequestSummary>>
{
    internal static readonly Expression<Func<SwabRequest, SwabRequestSummary>> Summary = r => new(
        r.Id, r.PatientId, r.State, r.TestType, r.AccessionNumber, r.LabCode, r.HotspotCode, r.RequestedBy, r.RequesterName, r.RequestedAt, r.CollectedAt);

    public Task<SwabRequestSummary?> Handle(SwabRequestByAccession request, CancellationToken cancellationToken)
    {
        var number = AccessionNumber.Normalise(request.AccessionNumber);
        return number.Length == 0
            ? Task.FromResult<SwabRequestSummary?>(null)
            : db.Requests.Where(r => r.AccessionNumber == number).Select(Summary).SingleOrDefaultAsync(cancellationToken);
    }

    public Task<SwabRequestSummary?> Handle(SwabRequestById request, CancellationToken cancellationToken) =>
        db.Requests.Where(r => r.Id == request.Id).Select(Summary).SingleOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<SwabRequestSummary>> Handle(OpenSwabRequestsOf request, CancellationToken cancellationToken) =>
        await db.Requests
            .Where(r => r.PatientId == request.PatientId && r.State != SwabRequestState.Reported && r.State != SwabRequestState.Cancelled
                && r.State != SwabRequestState.Refused && r.State != SwabRequestState.Failed)
            .OrderBy(r => r.CollectedAt == null ? 1 : 0).ThenByDescending(r => r.CollectedAt).ThenByDescending(r => r.RequestedAt)
            .Select(Summary).ToListAsync(cancellationToken);
}
