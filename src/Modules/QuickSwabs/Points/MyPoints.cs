using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Points;

internal static class MyPoints
{
    /// <summary>The points at which the user works: of those that the region has, the ones whose code is that of her scope.</summary>
    public static IReadOnlyList<SwabPoint> Of(Region region, ICurrentUser user, string permission)
    {
        var scopes = user.ScopesOf(permission);
        return [.. region.QuickSwabs.Points.Where(p => user.IsPlatform || scopes.Contains(new(ScopeOf(p.Kind), p.Code)))];
    }

    /// <param name="code">May be left out by who has one alone.</param>
    /// <exception cref="Refusal"><c>not-found</c>.</exception>
    public static SwabPoint One(Region region, ICurrentUser user, string permission, string? code)
    {
        var mine = Of(region, user, permission);
        return mine.FirstOrDefault(p => p.Code == code?.Trim().ToUpperInvariant()) ?? (string.IsNullOrWhiteSpace(code) && mine.Count == 1 ? mine[0] : throw Refusal.NotFound());
    }

    public static ScopeKind ScopeOf(PointKind kind) => kind switch
    {
        PointKind.Pharmacy => ScopeKind.Pharmacy,
        PointKind.Doctor => ScopeKind.GpList,
        PointKind.School => ScopeKind.School,
        _ => ScopeKind.Hotspot,
    };
}
