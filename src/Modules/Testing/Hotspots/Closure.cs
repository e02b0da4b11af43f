using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Testing.Hotspots;

/// <summary>A stretch of time in which a hotspot is closed, and why. Whoever had an appointment then is moved.</summary>
[Shows(FieldClass.Work)]
internal sealed class Closure
{
    public const int ReasonLength = 200;

    public required Guid Id { get; init; }
    public required string HotspotCode { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime From { get; init; }

    /// <summary>UTC; this instant is open again.</summary>
    public required DateTime To { get; init; }

    public required string Reason { get; init; }
    public required string ByName { get; init; }
    public required DateTime At { get; init; }
    public DateTime? LiftedAt { get; private set; }

    public void Lift(DateTime at)
    {
        if (LiftedAt is not null || To <= at)
            throw new Refusal("closure-over", "Questa chiusura è già finita.");
        LiftedAt = at;
    }
}
