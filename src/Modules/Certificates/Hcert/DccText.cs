using System.Globalization;

namespace Platform.Certificates.Hcert;

/// <summary>Dates and names as the certificate's text writes them.</summary>
internal static class DccText
{
    public const int NameLength = 80;

    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Never through the middle of a character.</summary>
    public static string Cut(string name) =>
        name.Length <= NameLength ? name : name[..(char.IsHighSurrogate(name[NameLength - 1]) ? NameLength - 1 : NameLength)];
}
