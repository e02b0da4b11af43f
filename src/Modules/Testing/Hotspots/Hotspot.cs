namespace Platform.Testing.Hotspots;

/// <summary>A place where swabs are taken, by appointment.</summary>
internal sealed class Hotspot
{
    public const int CodeLength = 20;

    public required string Code { get; init; }
    public required string Name { get; set; }
    public required string AslCode { get; set; }
    public required string MunicipalityIstat { get; set; }
    public required string Address { get; set; }
}
