using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Kits;

/// <summary>Kits that came to a point, or left it without a test: what is left of them is this, less the tests that were done with them.</summary>
internal sealed class KitMove
{
    public static readonly ScopeRule<KitMove> Scope = new ScopeRule<KitMove>()
        .By(ScopeKind.Pharmacy, m => m.PointCode).By(ScopeKind.GpList, m => m.PointCode).By(ScopeKind.School, m => m.PointCode).By(ScopeKind.Hotspot, m => m.PointCode)
        .By(ScopeKind.Asl, m => m.PointAsl);

    public required Guid Id { get; init; }
    public required string PointCode { get; init; }
    public required string PointAsl { get; init; }
    public required string DeviceJrc { get; init; }
    public required string Lot { get; init; }
    public required DateOnly Expiry { get; init; }

    /// <summary>Less than nothing: broken, expired, given to another point.</summary>
    public required int Quantity { get; init; }

    public required string Note { get; init; }
    public required DateTime At { get; init; }
    public required string ByName { get; init; }
}

internal enum SupplyState
{
    Asked,
    Granted,
    Refused,
    Delivered,
}

/// <summary>A point asks its ASL for kits.</summary>
internal sealed class SupplyRequest : IVersioned
{
    public const int NoteLength = 200;

    public static readonly ScopeRule<SupplyRequest> Scope = new ScopeRule<SupplyRequest>()
        .By(ScopeKind.Pharmacy, m => m.PointCode).By(ScopeKind.GpList, m => m.PointCode).By(ScopeKind.School, m => m.PointCode).By(ScopeKind.Hotspot, m => m.PointCode)
        .By(ScopeKind.Asl, m => m.PointAsl);

    public required Guid Id { get; init; }
    public required string PointCode { get; init; }
    public required string PointAsl { get; init; }
    public required int Quantity { get; init; }
    public required string Note { get; init; }
    public SupplyState State { get; set; }
    public required DateTime AskedAt { get; init; }
    public required string AskedByName { get; init; }
    public DateTime? DecidedAt { get; set; }
    public string? DecidedByName { get; set; }
    public string? DecisionNote { get; set; }
    public int Version { get; set; }
}
