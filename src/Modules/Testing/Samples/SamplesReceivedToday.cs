using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>What the asker's lab has received today, the latest first, and how many are still on their way.</summary>
[Requires(TestingModule.MayReceiveSamples)]
internal sealed record SamplesReceivedToday : IQuery<SamplesReceivedTodayAnswer>
{
    private const int ShownAtMost = 200;

    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<SamplesReceivedToday, SamplesReceivedTodayAnswer>
    {
        public async Task<SamplesReceivedTodayAnswer> Handle(SamplesReceivedToday request, CancellationToken cancellationToken)
        {
            var samples = db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayReceiveSamples);
            var from = region.UtcOf(region.DayOf(clock.GetUtcNow()), TimeOnly.MinValue);
            var today = samples.Where(r => r.ReceivedAt >= from);
            return new(
                await today.OrderByDescending(r => r.ReceivedAt).ThenByDescending(r => r.AccessionNumber).Take(ShownAtMost)
                    .Select(r => new ReceivedSample(r.Id, r.PatientId, r.AccessionNumber!, r.FamilyName, r.GivenName, r.TestType, r.State, r.ReceivedAt!.Value))
                    .ToListAsync(cancellationToken),
                await today.CountAsync(cancellationToken),
                await samples.CountAsync(r => r.State == SwabRequestState.Sent, cancellationToken));
        }
    }
}

/// <summary>How many samples the asker's lab has received today, and how many are still on their way.</summary>
[Requires(TestingModule.MayReceiveSamples)]
internal sealed record ReceptionCounts : IQuery<(int Received, int OnTheirWay)>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<ReceptionCounts, (int Received, int OnTheirWay)>
    {
        public async Task<(int Received, int OnTheirWay)> Handle(ReceptionCounts request, CancellationToken cancellationToken)
        {
            var samples = db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayReceiveSamples);
            var from = region.UtcOf(region.DayOf(clock.GetUtcNow()), TimeOnly.MinValue);
            return (await samples.CountAsync(r => r.ReceivedAt >= from, cancellationToken),
                await samples.CountAsync(r => r.State == SwabRequestState.Sent, cancellationToken));
        }
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName")]
[Shows(FieldClass.Work, "AccessionNumber", "TestType", "State", "ReceivedAt")]
internal sealed record ReceivedSample(
    Guid Id, Guid PatientId, string AccessionNumber, string FamilyName, string GivenName, TestType TestType, SwabRequestState State, DateTime ReceivedAt);

[Shows(FieldClass.Work)]
internal sealed record SamplesReceivedTodayAnswer(IReadOnlyList<ReceivedSample> Samples, int Received, int OnTheirWay) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Samples.Select(s => s.PatientId);
}
