using System.Linq.Expressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>The lab's samples, for whoever enters their results.</summary>
internal sealed class SamplesOfLab(TestingDb db, ICurrentUser user) :
    IRequestHandler<SamplesAwaitingResult, SamplesAwaitingResultAnswer>,
    IRequestHandler<SampleOfLab, SampleOfLabAnswer>
{
    private static readonly Expression<Func<SwabRequest, SampleAwaitingResult>> Sample = r => new(
        r.Id, r.PatientId, r.AccessionNumber!, r.FamilyName, r.GivenName, r.FiscalCode, r.BirthDate, r.TestType, r.LabCode!,
        r.CollectedAt!.Value, (r.ReceivedAt ?? r.CollectedAt)!.Value);

    public async Task<SamplesAwaitingResultAnswer> Handle(SamplesAwaitingResult request, CancellationToken cancellationToken) =>
        new(await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayReceiveSamples)
            .Where(r => r.State == SwabRequestState.Received)
            .Matching(request.Text)
            .OrderBy(r => r.ReceivedAt).ThenBy(r => r.AccessionNumber)
            .Select(Sample)
            .ToListing(request.Page, Listings.DefaultSize, cancellationToken));

    public async Task<SampleOfLabAnswer> Handle(SampleOfLab request, CancellationToken cancellationToken)
    {
        var samples = db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayReceiveSamples)
            .Where(r => r.Id == request.RequestId && r.AccessionNumber != null);
        var state = await samples.Select(r => (SwabRequestState?)r.State).SingleOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
        return new(await samples.Select(Sample).SingleAsync(cancellationToken), state);
    }
}
