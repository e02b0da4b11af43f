using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.People;

/// <summary>The number of the health card (tessera sanitaria): twenty digits, of which citizens give the last thirteen
/// (Lazio's booking did so; DOMAIN 7.7). Kept only as a digest, together with whose it is.</summary>
internal static class HealthCard
{
    public const int Digits = 13;

    /// <returns>The last thirteen digits of what was typed or scanned, blanks aside; null if there are fewer, or other characters.</returns>
    public static string? LastDigits(string? typed)
    {
        var digits = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '.')));
        return digits.Length is Digits or 20 && digits.All(char.IsAsciiDigit) ? digits[^Digits..] : null;
    }

    public static string DigestOf(string fiscalCode, string lastDigits) => Digest.Of($"{fiscalCode}|{lastDigits}");
}
