using System.Text.RegularExpressions;

namespace Platform.BuildingBlocks.Regions;

/// <summary>Codice meccanografico. Its last character checks the others by a rule that is not public: that a code exists, the register of schools
/// alone says.</summary>
public static partial class SchoolCode
{
    public const int Length = 10;

    /// <summary>All forms that the ministry's register has: <c>TOEE81501A</c>, <c>TO1A24700R</c>, <c>TOAA8A102Q</c>.</summary>
    public static bool IsOne(string? code) => code is not null && Shape().IsMatch(code);

    public static string Tidy(string? text) => string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    [GeneratedRegex("^[A-Z]{2}[A-Z0-9]{8}$")]
    private static partial Regex Shape();
}
