using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Reimbursement;

/// <summary>What the tests of a month cost the public, by point: those with a result, of the points of one's own ASL. Nobody's data.</summary>
[Requires(QuickSwabsModule.MayReimburse)]
internal sealed record ReimbursementOfMonth(int Year, int Month) : IQuery<IReadOnlyList<ReimbursementLine>>
{
    private static readonly ScopeRule<QuickSwab> OfPointsAsl = new ScopeRule<QuickSwab>().By(ScopeKind.Asl, s => s.PointAsl);

    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, Region region) : IRequestHandler<ReimbursementOfMonth, IReadOnlyList<ReimbursementLine>>
    {
        public async Task<IReadOnlyList<ReimbursementLine>> Handle(ReimbursementOfMonth request, CancellationToken cancellationToken)
        {
            var first = new DateOnly(request.Year, request.Month, 1);
            var (from, to) = (region.UtcOf(first, TimeOnly.MinValue), region.UtcOf(first.AddMonths(1), TimeOnly.MinValue));
            var done = await db.Swabs.AsNoTracking().Within(OfPointsAsl, user, QuickSwabsModule.MayReimburse)
                .Where(s => s.State == QuickSwabState.Reported && s.Result != QuickSwabResult.Invalid && s.CollectedAt >= from && s.CollectedAt < to)
                .Select(s => new { s.PointCode, s.PointKind, s.PointAsl, s.Age, s.CollectedAt, s.Result }).ToListAsync(cancellationToken);
            return [.. done.GroupBy(s => (s.PointCode, s.PointKind, s.PointAsl, Fee: region.QuickSwabs.FeeOf(s.PointKind, s.Age, region.DayOf(s.CollectedAt))))
                .OrderBy(g => g.Key.PointCode, StringComparer.Ordinal).ThenByDescending(g => g.Key.Fee)
                .Select(g => new ReimbursementLine(
                    g.Key.PointCode, region.QuickSwabs.FindPoint(g.Key.PointCode)?.Name ?? g.Key.PointCode, g.Key.PointKind, g.Key.PointAsl, g.Count(), g.Count(s => s.Result == QuickSwabResult.Positive), g.Key.Fee))];
        }
    }
}

/// <param name="Cents">Of euro, for one test; nothing where the public does not pay.</param>
internal sealed record ReimbursementLine(string PointCode, string Point, PointKind Kind, string Asl, int Tests, int Positive, int Cents)
{
    public decimal Euro => Tests * Cents / 100m;
}
