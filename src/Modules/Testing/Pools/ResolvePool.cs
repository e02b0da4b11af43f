using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;
using Platform.Testing.Samples;

namespace Platform.Testing.Pools;

/// <summary>What the lab found of a pool: negative, and so is each member; anything else, and each is examined singly.</summary>
[Requires(TestingModule.MayReceiveSamples)]
internal sealed record ResolvePool(Guid Id, bool Negative) : ICommand<PoolState>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<ResolvePool, PoolState>
    {
        public Task<PoolState> Handle(ResolvePool request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var pool = await db.Pools.Within(Pool.Scope, user, TestingModule.MayReceiveSamples).SingleOrDefaultAsync(p => p.Id == request.Id, cancellationToken)
                ?? throw Refusal.NotFound();
            return await db.Resolve(pool, request.Negative, user.Act(clock), cancellationToken);
        });
    }
}

/// <summary>The other modules' questions about pools, and what a lab's system reports of one.</summary>
internal sealed class PoolSummaries(TestingDb db, ICurrentUser user) : IRequestHandler<PoolOf, PoolSummary?>, IRequestHandler<ReportPool, PoolState>
{
    public async Task<PoolSummary?> Handle(PoolOf request, CancellationToken cancellationToken)
    {
        var number = AccessionNumber.Normalise(request.Number);
        var pool = await db.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Number == number, cancellationToken);
        return pool is null ? null : new(
            pool.Id, pool.Number, pool.LabCode, pool.TestType, pool.State,
            await db.Requests.Where(r => r.PoolId == pool.Id).OrderBy(r => r.AccessionNumber).Select(SwabRequestSummaries.Summary).ToListAsync(cancellationToken));
    }

    public Task<PoolState> Handle(ReportPool request, CancellationToken cancellationToken) => db.OnceMore(async () =>
    {
        var number = AccessionNumber.Normalise(request.Number);
        var pool = await db.Pools.SingleOrDefaultAsync(p => p.Number == number, cancellationToken) ?? throw Refusal.NotFound();
        return await db.Resolve(pool, request.Negative, new(request.At, user.Id, user.DisplayName), cancellationToken);
    });
}

internal static class Resolving
{
    public static async Task<PoolState> Resolve(this TestingDb db, Pool pool, bool negative, Act act, CancellationToken cancellation)
    {
        if (pool.Resolve(negative ? PoolState.Negative : PoolState.Split, act.At, act.ActorName))
        {
            var members = await db.Requests.Where(r => r.PoolId == pool.Id && r.State == SwabRequestState.Received).OrderBy(r => r.AccessionNumber)
                .Select(r => r.Id).ToArrayAsync(cancellation);
            db.Tell(new PoolResolved(pool.Id, pool.Number, pool.LabCode, pool.TestType, negative, members, act.At, act.ActorId, act.ActorName));
            await db.SaveChangesAsync(cancellation);
        }

        return pool.State;
    }
}
