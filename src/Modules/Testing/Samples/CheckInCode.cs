using System.Security.Cryptography;

namespace Platform.Testing.Samples;

/// <summary>What the QR on the person's paper says: Q and twenty letters and digits by chance (97 bits), which tell nothing
/// to whoever finds the paper and cannot be guessed.</summary>
internal static class CheckInCode
{
    public const int Length = 21;

    private const string Alphabet = "ACDEFHJKLMNPRTUVWXY234567";

    public static string Make() => "Q" + RandomNumberGenerator.GetString(Alphabet, Length - 1);

    /// <returns>Null when the text is no such code.</returns>
    public static string? In(string? text)
    {
        var code = AccessionNumber.Normalise(text);
        return code.Length == Length && code[0] == 'Q' && code.Skip(1).All(Alphabet.Contains) ? code : null;
    }
}
