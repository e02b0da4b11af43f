namespace Platform.Testing.Labs;

internal sealed class Lab
{
    public const int CodeLength = 20;

    public required string Code { get; init; }
    public required string Name { get; set; }
    public required string AslCode { get; set; }

    /// <summary>Tests a day.</summary>
    public required int DailyCapacity { get; set; }

    /// <summary>The two letters its accession numbers begin with; given at the import, never changed.</summary>
    public required string Prefix { get; init; }
}
