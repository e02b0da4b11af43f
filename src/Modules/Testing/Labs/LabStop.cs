using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Labs;

/// <summary>A stretch of time in which a lab takes no more samples: a breakdown, a holiday. Until it is over, samples are proposed to others.</summary>
internal sealed class LabStop
{
    public const int ReasonLength = 200;

    public required Guid Id { get; init; }
    public required string LabCode { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime From { get; init; }

    /// <summary>UTC; null as long as nobody knows.</summary>
    public DateTime? Until { get; private set; }

    public required string Reason { get; init; }
    public required string ByName { get; init; }

    public static LabStop Of(Guid id, string lab, DateTime from, DateTime? until, string reason, string by) =>
        until <= from
            ? throw new Refusal("stop-impossible", "Il fermo deve finire dopo l'inizio.") { Kind = RefusalKind.Unprocessable }
            : new() { Id = id, LabCode = lab, From = from, Until = until, Reason = reason, ByName = by };

    public void End(DateTime at)
    {
        if (Until <= at)
            throw new Refusal("stop-over", "Questo fermo è già finito.");
        Until = at;
    }
}
