using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Testing.Contracts;

/// <summary>A group is tested together, by the public-health office's decision: whoever has no open request for that test gets one, and a
/// place with it, as long as there are any. Repeating it changes nothing, and finds places for those who had none.</summary>
/// <param name="Cause">From which the requests' ids follow.</param>
/// <param name="Reason">Code of the region's list.</param>
/// <returns>One for each person, in their order.</returns>
[BetweenModules]
public sealed record RequestSwabs(Guid Cause, string Reason, TestType TestType, IReadOnlyList<Guid> Patients, GroupPlace Where) : ICommand<IReadOnlyList<PlacedSwab>>;

/// <param name="From">UTC; the first slot that will do.</param>
/// <param name="To">UTC; slots begin before it.</param>
/// <param name="Visit">Name and address of where the hotspot's people go for this group alone; null for the hotspot's own free slots.</param>
/// <param name="PerQuarter">How many they take in a quarter of an hour there.</param>
[Shows(FieldClass.Work)]
public sealed record GroupPlace(string Hotspot, DateTime From, DateTime To, string? Visit = null, int PerQuarter = 5);

public enum WithoutPlace
{
    /// <summary>The request is open; all places of those hours are taken.</summary>
    NoneFree,

    /// <summary>For a request made before a sample was taken already: its result comes first.</summary>
    Underway,

    Died,
}

/// <param name="RequestId">Null where there is none.</param>
/// <param name="Place">As asked for; null at the hotspot itself.</param>
/// <param name="StartsAt">UTC; null without a place.</param>
[Shows(FieldClass.Work)]
public sealed record PlacedSwab(Guid PatientId, Guid? RequestId, string? HotspotCode, string? Place, DateTime? StartsAt, WithoutPlace? Why);

/// <summary>What was asked for is not wanted any more: requests for which no sample was taken are withdrawn, their places are free again.</summary>
/// <param name="Why">Italian, for whoever looks at the request.</param>
/// <returns>Those that were withdrawn now.</returns>
[BetweenModules]
public sealed record WithdrawSwabs(IReadOnlyList<Guid> Requests, string Why) : ICommand<IReadOnlyList<Guid>>;

/// <summary>The hotspots to which a group may be sent: those of the municipality first, then those of the ASL; units of home visits too, which
/// go where they are asked to.</summary>
[BetweenModules]
public sealed record HotspotsNear(string Municipality, string Asl) : IQuery<IReadOnlyList<NearHotspot>>;

[Shows(FieldClass.Work)]
public sealed record NearHotspot(string Code, string Name, string Address, string MunicipalityIstat, bool AtHome);
