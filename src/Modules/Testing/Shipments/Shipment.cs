using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Testing.Shipments;

/// <summary>A box of tubes on its way from a hotspot, or a unit of home visits, to a lab. Its list is printed and travels with it.</summary>
[Shows(FieldClass.Work)]
internal sealed class Shipment
{
    /// <summary>Who sees it: where it left, and where it goes.</summary>
    public static readonly ScopeRule<Shipment> Scope = new ScopeRule<Shipment>()
        .By(ScopeKind.Hotspot, s => s.HotspotCode)
        .By(ScopeKind.Usca, s => s.HotspotCode)
        .By(ScopeKind.Lab, s => s.LabCode);

    public required Guid Id { get; init; }

    /// <summary>D and a number like a sample's: the barcode of the list.</summary>
    public required string Number { get; init; }

    public required string HotspotCode { get; init; }
    public required string LabCode { get; init; }
    public required int Tubes { get; init; }
    public required DateTime SentAt { get; init; }
    public required string SentBy { get; init; }

    /// <summary>When the lab first opened it, or took it as a whole.</summary>
    public DateTime? ReceivedAt { get; private set; }

    public void Arrive(DateTime at) => ReceivedAt ??= at;
}
