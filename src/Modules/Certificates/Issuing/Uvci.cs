using System.Security.Cryptography;
using Platform.Certificates.Hcert;

namespace Platform.Certificates.Issuing;

/// <summary>Identifier of a certificate in the Italian shape: <c>01IT</c>, 32 hexadecimal digits, <c>#</c> and a check character. The digits come
/// from chance alone, so that nothing can be read from them.</summary>
internal static class Uvci
{
    public const int Length = 38;

    // eHealth Network, "Guidelines on verifiable vaccination certificates", annex 2: Luhn modulo N over these.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:";

    public static string New()
    {
        var body = "01" + DccCodes.Italy + RandomNumberGenerator.GetHexString(32);
        return $"{body}#{CheckOf(body)}";
    }

    /// <summary>For our own; those of other countries are made otherwise and are never refused for it.</summary>
    public static char CheckOf(string body)
    {
        var (sum, factor) = (0, 2);
        for (var i = body.Length - 1; i >= 0; i--)
        {
            var addend = factor * Alphabet.IndexOf(body[i], StringComparison.Ordinal);
            factor = factor == 2 ? 1 : 2;
            sum += (addend / Alphabet.Length) + (addend % Alphabet.Length);
        }

        return Alphabet[(Alphabet.Length - (sum % Alphabet.Length)) % Alphabet.Length];
    }
}
