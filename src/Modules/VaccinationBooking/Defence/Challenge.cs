using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Platform.VaccinationBooking.Defence;

/// <summary>A task given to one form. It is sealed and carried by the form: nothing of it is kept here, and every host can judge it.</summary>
/// <param name="Nonce">Random, in clear before the seal: the browser works with it.</param>
/// <param name="Bits">How many leading bits of the digest are to be nought: one more is twice the work.</param>
/// <param name="One">A summand of the question, 1 to 9.</param>
internal sealed record Challenge(string Nonce, string Campaign, int Bits, int One, int Other, DateTime GivenAt)
{
    public const int NonceLength = 12;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly string[] InItalian = ["zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici", "tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto"];
    private static readonly string[] InEnglish = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"];

    public static Challenge New(string campaign, int bits, DateTime now) =>
        new(RandomNumberGenerator.GetString(Letters, NonceLength), campaign, bits, RandomNumberGenerator.GetInt32(1, 10), RandomNumberGenerator.GetInt32(1, 10), now);

    public static string NumberIn(bool italian, int number) => (italian ? InItalian : InEnglish)[number];

    /// <summary>SHA-256 of nonce, what she typed and the work, joined by «|», begins with so many noughts: some tens of thousands of tries to find, one to check,
    /// and good for what she typed alone.</summary>
    /// <param name="typed">The fields of the form, as <see cref="Joined"/>.</param>
    public bool IsWork(string typed, string? work) =>
        work is { Length: > 0 and <= 20 }
        && BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Nonce}|{typed}|{work}")))) >= Bits;

    /// <summary>In figures, or in words of either language.</summary>
    public bool IsAnswer(string? answer)
    {
        var (said, sum) = ((answer ?? "").Trim(), One + Other);
        return said == sum.ToString(CultureInfo.InvariantCulture)
            || said.Equals(InItalian[sum], StringComparison.OrdinalIgnoreCase) || said.Equals(InEnglish[sum], StringComparison.OrdinalIgnoreCase);
    }

    public static string Joined(params string?[] typed) => string.Join('|', typed.Select(t => (t ?? "").Trim().ToUpperInvariant()));
}
