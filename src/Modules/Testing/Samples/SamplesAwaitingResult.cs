using System.Linq.Expressions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>The lab's samples, for whoever enters their results.</summary>
internal sealed class SamplesOfLab(TestingDb db, ICurrentUser user, IMediator mediator) :
    IRequestHandler<SamplesAwaitingResult, Listing<SampleAwaitingResult>>,
    IRequestHandler<SampleOfLab, SampleOfLabAnswer>
{
    private static readonly Orders<SwabRequest> Order = new Orders<SwabRequest>(r => r.Id)
        .By("priority", r => r.Priority).By("received", r => r.ReceivedAt).By("collected", r => r.CollectedAt).By("name", r => r.SearchName).By("number", r => r.AccessionNumber);

    private static readonly Expression<Func<SwabRequest, SampleAwaitingResult>> Sample = r => new(
        r.Id, r.PatientId, r.AccessionNumber!, r.FamilyName, r.GivenName, r.FiscalCode, r.BirthDate, r.TestType, r.LabCode!,
        r.CollectedAt!.Value, (r.ReceivedAt ?? r.CollectedAt)!.Value);

    public async Task<Listing<SampleAwaitingResult>> Handle(SamplesAwaitingResult request, CancellationToken cancellationToken) =>
        await (await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayReceiveSamples)
            .Where(r => r.State == SwabRequestState.Received)
            .Matching(request.Text, mediator, cancellationToken))
            .List(request, Order, sorted => sorted.Select(Sample), cancellationToken);

    public async Task<SampleOfLabAnswer> Handle(SampleOfLab request, CancellationToken cancellationToken)
    {
        var samples = db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayReceiveSamples)
            .Where(r => r.Id == request.RequestId && r.AccessionNumber != null);
        var state = await samples.Select(r => (SwabRequestState?)r.State).SingleOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
        return new(await samples.Select(Sample).SingleAsync(cancellationToken), state);
    }
}
