using System.Globalization;
using Platform.BuildingBlocks.Regions;

namespace Platform.Referti;

/// <summary>Times and places as the screens and the papers show them.</summary>
internal static class Shown
{
    public static string Time(this Region region, DateTime? utc) =>
        utc is { } at ? region.LocalOf(at).ToString("g", CultureInfo.CurrentCulture) : "–";

    public static string Day(DateOnly? day) => day is { } d ? d.ToString("d", CultureInfo.CurrentCulture) : "–";

    public static string LabName(this Region region, string? code) =>
        region.Facilities.FirstOrDefault(f => f.Code == code)?.Name ?? code ?? "–";

    /// <summary>The ASL whose territory the laboratory serves; empty where the region does not know the code.</summary>
    public static string AslOfLab(this Region region, string code) =>
        region.Facilities.FirstOrDefault(f => f.Code == code)?.Asl ?? "";
}
