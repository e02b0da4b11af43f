using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.Positives;

/// <summary>How many people of the asker's places became positive on each of the last days, the latest first, and how many are today.</summary>
[Requires(RefertiModule.SeePositives)]
internal sealed record NewPositives(int Days = 14) : IQuery<PositivesCounted>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<NewPositives, PositivesCounted>
    {
        public async Task<PositivesCounted> Handle(NewPositives request, CancellationToken cancellationToken)
        {
            var today = region.DayOf(clock.GetUtcNow());
            var first = today.AddDays(1 - request.Days);
            var here = db.Positivities.AsNoTracking().Within(Positivity.Scope, user, RefertiModule.SeePositives);
            var counted = await here.Where(p => p.Since >= first && p.Since <= today).GroupBy(p => p.Since)
                .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            return new(await here.Today(region, clock).CountAsync(cancellationToken),
                [.. Enumerable.Range(0, request.Days).Select(d => today.AddDays(-d)).Select(day => new NewOfDay(day, counted.GetValueOrDefault(day)))]);
        }
    }
}

internal sealed record PositivesCounted(int Today, IReadOnlyList<NewOfDay> Days);

internal sealed record NewOfDay(DateOnly Day, int Count);
