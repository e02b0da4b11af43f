using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Devices;
using Platform.QuickSwabs.Points;

namespace Platform.QuickSwabs.Kits;

/// <summary>What the points in sight have on the shelf, and what they have asked for.</summary>
[Requires(QuickSwabsModule.MayKeepKits)]
internal sealed record KitsOfPoints : IQuery<KitsOfPointsAnswer>
{
    internal sealed class Handler(QuickSwabsDb db, DeviceList devices, PointBook book, ICurrentUser user, Region region) : IRequestHandler<KitsOfPoints, KitsOfPointsAnswer>
    {
        public async Task<KitsOfPointsAnswer> Handle(KitsOfPoints request, CancellationToken cancellationToken)
        {
            var came = await db.KitMoves.Within(KitMove.Scope, user, QuickSwabsModule.MayKeepKits).GroupBy(m => new { m.PointCode, m.DeviceJrc, m.Lot, m.Expiry })
                .Select(g => new { g.Key.PointCode, g.Key.DeviceJrc, g.Key.Lot, g.Key.Expiry, Count = g.Sum(m => m.Quantity) }).ToListAsync(cancellationToken);
            var points = came.Select(c => c.PointCode).Distinct().ToList();
            // A test uses its kit up whatever becomes of its result.
            var used = await db.Swabs.Where(s => points.Contains(s.PointCode)).GroupBy(s => new { s.PointCode, s.DeviceJrc, s.Lot })
                .Select(g => new { g.Key.PointCode, g.Key.DeviceJrc, g.Key.Lot, Count = g.Count() }).ToListAsync(cancellationToken);
            var names = (await devices.All(cancellationToken)).GroupBy(d => d.Jrc).ToDictionary(d => d.Key, d => d.Last().FullName);
            var requests = await db.SupplyRequests.AsNoTracking().Within(SupplyRequest.Scope, user, QuickSwabsModule.MayKeepKits).OrderByDescending(r => r.AskedAt).Take(100).ToListAsync(cancellationToken);
            return new(
                [.. came.OrderBy(c => c.PointCode, StringComparer.Ordinal).ThenBy(c => c.Expiry).Select(c => new KitLine(
                    c.PointCode, region.QuickSwabs.FindPoint(c.PointCode)?.Name ?? c.PointCode, c.DeviceJrc, names.GetValueOrDefault(c.DeviceJrc, c.DeviceJrc), c.Lot, c.Expiry, c.Count,
                    used.Where(u => (u.PointCode, u.DeviceJrc, u.Lot) == (c.PointCode, c.DeviceJrc, c.Lot)).Sum(u => u.Count)))],
                requests, [.. (await book.Mine(QuickSwabsModule.MayKeepKits, cancellationToken)).Select(s => s.Point)]);
        }
    }
}

/// <param name="Came">Less what left without a test.</param>
internal sealed record KitLine(string PointCode, string Point, string Jrc, string Device, string Lot, DateOnly Expiry, int Came, int Used)
{
    public int Left => Came - Used;
}

/// <param name="Mine">The points at which the asker works: an ASL's operator at none.</param>
internal sealed record KitsOfPointsAnswer(IReadOnlyList<KitLine> Kits, IReadOnlyList<SupplyRequest> Requests, IReadOnlyList<SwabPoint> Mine);
