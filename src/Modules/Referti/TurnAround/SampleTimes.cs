using Platform.BuildingBlocks.Security;
using Platform.Referti.Reports;

namespace Platform.Referti.TurnAround;

/// <summary>When a sample was taken, reached its laboratory and had its report: kept as the events come, in any order. It names nobody.</summary>
internal sealed class SampleTimes
{
    public static readonly ScopeRule<SampleTimes> Scope = new ScopeRule<SampleTimes>()
        .By(ScopeKind.Lab, s => s.LabCode)
        .By(ScopeKind.Asl, s => s.LabAsl);

    /// <summary>Of the request; of the report where nobody had asked for it here.</summary>
    public required Guid Id { get; init; }

    public required string LabCode { get; set; }
    public required string LabAsl { get; set; }
    public DateTime? CollectedAt { get; set; }
    public DateTime? ReceivedAt { get; set; }

    /// <summary>First release that still stands; null while the laboratory owes a result.</summary>
    public DateTime? ReleasedAt { get; set; }

    public void Released(Report report, DateTime? collected, DateTime? received)
    {
        ReleasedAt = report.IsAnnulled ? null : ReleasedAt ?? report.IssuedAt;
        CollectedAt ??= collected;
        // What came by message may never have been scanned at the door.
        ReceivedAt ??= received ?? (report.RequestId is null ? null : report.IssuedAt);
    }
}
