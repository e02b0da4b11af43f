using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Labs;

internal sealed class Lab
{
    /// <summary>Who may say that it stops: those who work there, and the public-health office of its ASL.</summary>
    public static readonly ScopeRule<Lab> Scope = new ScopeRule<Lab>()
        .By(ScopeKind.Lab, l => l.Code)
        .By(ScopeKind.Asl, l => l.AslCode);

    public const int CodeLength = 20;

    public required string Code { get; init; }
    public required string Name { get; set; }
    public required string AslCode { get; set; }

    /// <summary>Tests a day.</summary>
    public required int DailyCapacity { get; set; }

    /// <summary>The two letters its accession numbers begin with; given at the import, never changed.</summary>
    public required string Prefix { get; init; }
}
