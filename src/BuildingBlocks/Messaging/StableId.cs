using System.Security.Cryptography;
using System.Text;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>An id that follows from what caused it: a reaction that runs twice makes the same one.</summary>
public static class StableId
{
    /// <returns>UUID version 8 (RFC 9562): the first bytes of the SHA-256 of <paramref name="cause"/> and <paramref name="what"/>.</returns>
    public static Guid Of(Guid cause, string what)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. cause.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(what)], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
