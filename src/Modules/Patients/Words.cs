using System.Globalization;

namespace Platform.Patients;

/// <summary>How days are written on screens and read from what people type.</summary>
internal static class Words
{
    private static readonly string[] Written = ["dd/MM/yyyy", "d/M/yyyy", "yyyy-MM-dd", "dd-MM-yyyy", "dd.MM.yyyy"];

    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>12/03/1980 or 1980-03-12.</summary>
    public static DateOnly? DayIn(string text) =>
        DateOnly.TryParseExact(text, Written, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>White space folded; null when nothing is left.</summary>
    public static string? Tidy(string? text)
    {
        var tidy = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return tidy.Length == 0 ? null : tidy;
    }
}
