using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>Drawing lots without a list: a seed, secret until the opening minute, gives every person a number between 1 and as many as
/// came before it. The number follows from the person, so that many tickets are no better than one; any host can tell it
/// alone; and whoever is shown the seed afterwards can check hers. Two may share a number: both are let in with it.</summary>
internal static class Lots
{
    /// <param name="owner">As <see cref="Tickets.OwnerOf"/> says.</param>
    /// <param name="count">How many came before the opening minute.</param>
    /// <param name="seed">Hexadecimal.</param>
    public static long NumberOf(string owner, long count, string seed)
    {
        var drawn = HMACSHA256.HashData(Convert.FromHexString(seed), Encoding.UTF8.GetBytes(owner));
        // The upper half of the product of a random 64-bit number with the count lies evenly from 0 to the count less one.
        return 1 + (long)Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(drawn), (ulong)Math.Max(1, count), out _);
    }
}
