using System.Security.Cryptography;
using System.Text;

namespace Platform.BuildingBlocks.Security;

/// <summary>SHA-256 in lower-case hexadecimal: how the platform keeps what it must recognise and not hold.</summary>
public static class Digest
{
    public const int Length = 64;

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
