using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Testing.Pools;

/// <summary>The lab's pools: those that await a result first.</summary>
[Requires(TestingModule.MayReceiveSamples)]
internal sealed record PoolList : ListQuery<PoolRow>
{
    private static readonly Orders<Pool> Order = new Orders<Pool>(p => p.Id).By("made", p => p.MadeAt).By("number", p => p.Number).By("members", p => p.Members);

    public override string StandingSort => "-made";

    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<PoolList, Listing<PoolRow>>
    {
        public Task<Listing<PoolRow>> Handle(PoolList request, CancellationToken cancellationToken) =>
            db.Pools.Within(Pool.Scope, user, TestingModule.MayReceiveSamples).List(
                request, Order,
                sorted => sorted.Select(p => new PoolRow(
                    p.Id, p.Number, p.TestType, p.Members, p.MadeAt, p.State, db.Requests.Count(r => r.PoolId == p.Id && r.State != SwabRequestState.Reported))),
                cancellationToken, p => p.State == PoolState.Waiting);
    }
}

/// <param name="WithoutReport">Members whose report is still to come.</param>
internal sealed record PoolRow(Guid Id, string Number, TestType TestType, int Members, DateTime MadeAt, PoolState State, int WithoutReport);

[Requires(TestingModule.MayReceiveSamples)]
internal sealed record PoolDetails(Guid Id) : IQuery<PoolDetailsAnswer>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<PoolDetails, PoolDetailsAnswer>
    {
        public async Task<PoolDetailsAnswer> Handle(PoolDetails request, CancellationToken cancellationToken)
        {
            var pool = await db.Pools.AsNoTracking().Within(Pool.Scope, user, TestingModule.MayReceiveSamples)
                .SingleOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            return new(pool, await db.Requests.Where(r => r.PoolId == pool.Id).OrderBy(r => r.AccessionNumber)
                .Select(r => new PoolMember(r.Id, r.PatientId, r.AccessionNumber!, r.FamilyName, r.GivenName, r.State)).ToListAsync(cancellationToken));
        }
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName")]
[Shows(FieldClass.Work, "AccessionNumber", "State")]
internal sealed record PoolMember(Guid RequestId, Guid PatientId, string AccessionNumber, string FamilyName, string GivenName, SwabRequestState State);

[Shows(FieldClass.Work)]
internal sealed record PoolDetailsAnswer(Pool Pool, IReadOnlyList<PoolMember> Members) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Members.Select(m => m.PatientId);
}
