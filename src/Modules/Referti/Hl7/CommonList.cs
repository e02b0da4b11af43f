using System.Text.RegularExpressions;

namespace Platform.Referti.Hl7;

/// <summary>The EU's common list of antigen devices, whose numbers are the Joint Research Centre's: a number counts only where its sender says that it is
/// of that list, since laboratories number their machines too.</summary>
internal static partial class CommonList
{
    public const string System = "https://covid-19-diagnostics.jrc.ec.europa.eu/devices";

    public const int NumberLength = 10;

    private static readonly string[] Names = ["JRC", "99JRC", "L-JRC", System, System + "/"];

    /// <returns>The number; null where it is none, or of another list.</returns>
    public static string? Number(string? number, string? system) =>
        number is not null && Names.Contains(system, StringComparer.OrdinalIgnoreCase) && IsNumber(number) ? number : null;

    public static bool IsNumber(string text) => Shape().IsMatch(text);

    [GeneratedRegex(@"\A[0-9]{1,6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
