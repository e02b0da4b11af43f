namespace Platform.Referti.Reports;

/// <summary>One more ASL that sees a report: of the person's domicile, or one to which she was made visible.</summary>
internal sealed class ReportAsl
{
    public required Guid ReportId { get; init; }
    public required string AslCode { get; init; }
}
