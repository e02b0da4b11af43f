using System.Security.Cryptography;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.SecondFactor;

/// <summary>A code on paper, for the day the telephone is lost; each works once.</summary>
internal sealed class RecoveryCode
{
    public const int HowMany = 10;

    private const int RandomBytes = 10;

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>SHA-256, hexadecimal, with the account for a salt: eighty random bits leave nothing to guess.</summary>
    public required string Hash { get; init; }

    /// <summary>Sixteen letters and digits in fours.</summary>
    public static string New()
    {
        var letters = Totp.Base32(RandomNumberGenerator.GetBytes(RandomBytes));
        return string.Join('-', letters.Chunk(4).Select(four => new string(four)));
    }

    public static string HashOf(Guid account, string code) =>
        Digest.Of($"{account:N} " + string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant());
}
