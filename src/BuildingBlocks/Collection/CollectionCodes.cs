using System.Security.Cryptography;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Collection;

/// <summary>What a citizen types from a paper or a mail to fetch what is hers. Only its hash is kept: nobody who reads the tables can use one.</summary>
public static class CollectionCodes
{
    /// <summary>Without 0 1 I L O, which are read for each other: 12 of them are 59 bits, 16 are 79.</summary>
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private const int Group = 4;

    /// <returns>In groups, as on the paper.</returns>
    public static string Make(int letters) => string.Join('-', RandomNumberGenerator.GetString(Letters, letters).Chunk(Group).Select(g => new string(g)));

    /// <summary>Of what was typed, with or without groups and in any case.</summary>
    public static string HashOf(string? typed) => Digest.Of(string.Concat((typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)));
}
