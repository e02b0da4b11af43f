using System.Security.Cryptography;

namespace Platform.UserManagement.Accounts;

internal static class Passwords
{
    // Without the letters and digits that are taken for one another.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Eighty random bits in four groups, to be read out on the telephone: <c>k7mp-…</c>.</summary>
    public static string New() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
