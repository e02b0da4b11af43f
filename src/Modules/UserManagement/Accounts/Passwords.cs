using System.Security.Cryptography;

namespace Platform.UserManagement.Accounts;

internal static class Passwords
{
    /// <summary>Of one that somebody chooses (OWASP ASVS 2.1.2): hashing a longer one would cost the host more than it protects.</summary>
    public const int Longest = 128;

    /// <summary>Of one that an administrator made and reads out: as long as an invitation.</summary>
    public static readonly TimeSpan LifeOfGiven = TimeSpan.FromDays(7);

    // Without the letters and digits that are taken for one another.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Eighty random bits in four groups, to be read out on the telephone: <c>k7mp-…</c>.</summary>
    public static string New() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
