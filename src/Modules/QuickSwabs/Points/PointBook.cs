using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Points;

/// <summary>The points as they stand: the region's, those that their ASL has admitted since, and which of them are suspended.</summary>
internal sealed class PointBook(QuickSwabsDb db, Region region, ICurrentUser user)
{
    /// <summary>Those not admitted too.</summary>
    public async Task<IReadOnlyList<PointStanding>> All(CancellationToken cancellation)
    {
        var decided = (await db.PointDecisions.AsNoTracking().OrderBy(d => d.Number).ToListAsync(cancellation)).ToLookup(d => d.PointCode);
        return [.. region.QuickSwabs.Points.Select(p => new PointStanding(p, OfRegion: true, [.. decided[p.Code]])),
            .. region.QuickSwabs.Candidates.Select(p => new PointStanding(p, OfRegion: false, [.. decided[p.Code]]))];
    }

    /// <summary>Where the user works: the points whose code is that of her scope, suspended ones too.</summary>
    public async Task<IReadOnlyList<PointStanding>> Mine(string permission, CancellationToken cancellation)
    {
        var scopes = user.ScopesOf(permission);
        return [.. (await All(cancellation)).Where(s => s.IsAdmitted && (user.IsPlatform || scopes.Contains(ScopeOf(s.Point))))];
    }

    /// <param name="code">May be left out by who has one alone.</param>
    /// <exception cref="Refusal"><c>not-found</c>.</exception>
    public async Task<PointStanding> One(string permission, string? code, CancellationToken cancellation)
    {
        var mine = await Mine(permission, cancellation);
        return mine.FirstOrDefault(s => s.Point.Code == code?.Trim().ToUpperInvariant()) ?? (string.IsNullOrWhiteSpace(code) && mine.Count == 1 ? mine[0] : throw Refusal.NotFound());
    }

    /// <summary>A place of the user's own ASL.</summary>
    /// <exception cref="Refusal"><c>not-found</c>.</exception>
    public async Task<PointStanding> OfMyAsl(string? code, CancellationToken cancellation)
    {
        var scopes = user.ScopesOf(QuickSwabsModule.MayAdmit);
        return (await All(cancellation)).FirstOrDefault(s => s.Point.Code == code && (user.IsPlatform || scopes.Contains(new(ScopeKind.Asl, s.Point.Asl)))) ?? throw Refusal.NotFound();
    }

    public static Scope ScopeOf(SwabPoint point) => new(
        point.Kind switch
        {
            PointKind.Pharmacy => ScopeKind.Pharmacy,
            PointKind.Doctor => ScopeKind.GpList,
            PointKind.School => ScopeKind.School,
            _ => ScopeKind.Hotspot,
        },
        point.Code);
}
