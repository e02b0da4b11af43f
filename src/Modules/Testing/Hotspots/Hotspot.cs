using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Testing.Hotspots;

/// <summary>A place where swabs are taken, by appointment; or a unit that goes to people's homes (USCA), whose slot is a day.</summary>
[Shows(FieldClass.Work)]
internal sealed class Hotspot
{
    /// <summary>Who manages it: those who work there, and the public-health office of its ASL.</summary>
    public static readonly ScopeRule<Hotspot> Scope = new ScopeRule<Hotspot>()
        .By(ScopeKind.Hotspot, h => h.Code)
        .By(ScopeKind.Usca, h => h.Code)
        .By(ScopeKind.Asl, h => h.AslCode);

    public const int CodeLength = 20;

    public required string Code { get; init; }
    public required string Name { get; set; }

    /// <summary>It goes to people's homes.</summary>
    public required bool AtHome { get; set; }

    public required string AslCode { get; set; }
    public required string MunicipalityIstat { get; set; }
    public required string Address { get; set; }
}
