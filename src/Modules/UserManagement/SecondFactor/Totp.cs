using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Platform.UserManagement.SecondFactor;

/// <summary>Codes by time (RFC 6238 over RFC 4226): HMAC-SHA-1, steps of 30 seconds, six digits, as every authenticator has them.
/// Identity's own provider reads the system's clock, which no test can move, and takes a code twice.</summary>
internal static class Totp
{
    public const int SecretBytes = 20;
    public const int Digits = 6;

    private const int StepSeconds = 30;

    /// <summary>Telephones' clocks go a little wrong: the code before and the code after are taken too.</summary>
    private const int StepsAround = 1;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeOf(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
        // The algorithm that authenticators have; its weakness is in collisions, on which a keyed code does not rest.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>As people read it from the telephone: in threes.</summary>
    public static string Typed(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c)));

    /// <returns>The step whose code it is, newer than <paramref name="lastUsed"/>; null where it is of none.</returns>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now, long lastUsed)
    {
        var typed = System.Text.Encoding.ASCII.GetBytes(code);
        for (var step = StepAt(now) - StepsAround; step <= StepAt(now) + StepsAround; step++)
        {
            if (step > lastUsed && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeOf(secret, step)), typed))
                return step;
        }

        return null;
    }

    /// <summary>What the QR code says to the authenticator.</summary>
    public static string UriOf(string issuer, string userName, byte[] secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(userName)}?secret={Base32(secret)}&issuer={Uri.EscapeDataString(issuer)}";

    /// <summary>RFC 4648, without padding.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var digits = (bytes.Length * 8 + 4) / 5;
        number <<= digits * 5 - bytes.Length * 8;
        return string.Create(digits, number, static (text, value) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                text[i] = alphabet[(int)(value & 31)];
                value >>= 5;
            }
        });
    }
}
