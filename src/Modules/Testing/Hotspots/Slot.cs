namespace Platform.Testing.Hotspots;

/// <summary>A stretch of time at a hotspot with so many places. <see cref="Booked"/> changes only by the conditional
/// updates of <see cref="Places"/>, and always equals the number of requests that hold the slot.</summary>
internal sealed class Slot
{
    public const int PlaceLength = 200;

    public required Guid Id { get; init; }
    public required string HotspotCode { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartsAt { get; init; }

    public required int Minutes { get; init; }
    public required int Capacity { get; init; }
    public int Booked { get; init; }

    /// <summary>Of a closure, or of an opening that has ended: no place of it can be taken any more.</summary>
    public bool Closed { get; init; }

    /// <summary>Where the hotspot's people go for it, for one group of people that alone have places in it; empty at the hotspot itself, for
    /// whoever books.</summary>
    public string Place { get; init; } = "";

    /// <summary>The opening it was made from.</summary>
    public Guid? OpeningId { get; init; }
}
