using System.Globalization;

namespace Platform.Testing.Samples;

/// <summary>What is printed on the tube: two letters of the lab, two digits of the year, the lab's running number
/// of that year (six digits, more when they are used up), and a check letter. Where letters stand, only letters
/// that no digit resembles; 11 characters, 13 at most.</summary>
/// <remarks>The check is a sum modulo 19, a prime, with a different weight at each place: it finds every single
/// wrong character and every two that changed places.</remarks>
internal static class AccessionNumber
{
    public const int MaxLength = 14;

    /// <summary>Without B, G, I, O, Q, S, Z, which are read as 8, 6, 1, 0, 0, 5, 2.</summary>
    internal const string Letters = "ACDEFHJKLMNPRTUVWXY";

    private const int PrefixLength = 2;
    private const int RunningFrom = 4;
    private const int RunningDigits = 6;
    private const int RunningDigitsAtMost = 8;

    /// <param name="prefix">Of the lab.</param>
    /// <param name="running">From 1.</param>
    public static string Make(string prefix, int year, int running)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{prefix}{year % 100:00}{running:000000}");
        return body + CheckLetter(body);
    }

    /// <summary>As scanned or typed: blanks and hyphens out, upper case.</summary>
    public static string Normalise(string? text) =>
        string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();

    public static bool IsValid(string number)
    {
        var running = number.Length - RunningFrom - 1;
        return running is >= RunningDigits and <= RunningDigitsAtMost
            && number[..PrefixLength].All(Letters.Contains)
            && number[PrefixLength..^1].All(char.IsAsciiDigit)
            && number[^1] == CheckLetter(number[..^1]);
    }

    /// <summary>The prefix of the lab that was the n-th to be imported, from 0: AA, AC, AD…</summary>
    public static string PrefixOf(int ordinal) =>
        $"{Letters[ordinal / Letters.Length % Letters.Length]}{Letters[ordinal % Letters.Length]}";

    private static char CheckLetter(string body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
            sum += (body.Length - i) * (char.IsAsciiDigit(body[i]) ? body[i] - '0' : Letters.IndexOf(body[i], StringComparison.Ordinal));
        return Letters[sum % Letters.Length];
    }
}
