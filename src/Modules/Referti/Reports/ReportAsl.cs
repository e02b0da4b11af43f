using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Referti.Reports;

/// <summary>An ASL beyond the second that sees a report: the person was made visible to several.</summary>
[Shows(FieldClass.Work)]
internal sealed class ReportAsl
{
    public required Guid ReportId { get; init; }
    public required string AslCode { get; init; }
}
