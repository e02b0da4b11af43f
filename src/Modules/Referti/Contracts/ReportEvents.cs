using Platform.BuildingBlocks.Messaging;
using Platform.Testing.Contracts;

namespace Platform.Referti.Contracts;

/// <summary>What a laboratory found. Only <see cref="Detected"/> is a positive and only <see cref="NotDetected"/>
/// a negative; nothing else is ever read as either.</summary>
public enum ReportResult
{
    Detected,
    NotDetected,
    Inconclusive,
    Unsuitable,
}

public enum ReportVersionKind
{
    Original,
    Correction,
    Annulment,
}

/// <summary>A report, a correction or an annulment was released. A released version is never edited.</summary>
/// <param name="Version">1 for the original, then counting.</param>
/// <param name="Result">Of this version; for an annulment, of the version it annuls.</param>
/// <param name="Previous">Result of the version before; null for the original.</param>
/// <param name="CollectedAt">UTC; null if the lab did not say.</param>
/// <param name="IssuedAt">UTC.</param>
/// <param name="RequestId">The swab request it answers; null for a report nobody asked for here.</param>
/// <param name="RequestedBy">The account that asked for the swab.</param>
/// <param name="AslCode">Of the person, at the issue.</param>
/// <param name="GpCode">Of the person, at the issue.</param>
public sealed record ReportIssued(
    Guid ReportId, int Version, ReportVersionKind Kind, ReportResult Result, ReportResult? Previous, TestType TestType,
    Guid PatientId, string PatientName, string LabCode, DateTime? CollectedAt, DateTime IssuedAt,
    Guid? RequestId, Guid? RequestedBy, string AslCode, string? GpCode) : IEvent
{
    /// <summary>Of an antigen test: number of its device in the EU's common list; null where the laboratory did not say.</summary>
    public string? Device { get; init; }

    /// <summary>It looks for the virus, not for antibodies.</summary>
    public bool IsOfVirus => TestType != TestType.Serology;
}
