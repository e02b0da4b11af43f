using Microsoft.AspNetCore.DataProtection;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.SecondFactor;

/// <summary>Secrets of authenticators never lie open: the database has them encrypted, the form that sets one up sealed.</summary>
internal sealed class SecondFactorSecrets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan SetUpTime = TimeSpan.FromMinutes(20);

    private readonly ITimeLimitedDataProtector offered = protection.CreateProtector("second-factor-offer").ToTimeLimitedDataProtector();

    public static string Keep(byte[] secret) => Convert.ToBase64String(secret);

    public static byte[] Of(Account account) => Convert.FromBase64String(account.TotpSecret!);

    /// <summary>A new secret, for that account only, as the form carries it.</summary>
    public string Offer(Guid account, byte[] secret) =>
        Convert.ToBase64String(offered.Protect([.. account.ToByteArray(), .. secret], SetUpTime));

    /// <returns>Null when it was offered to somebody else, too long ago, or never.</returns>
    public byte[]? Offered(Guid account, string? text)
    {
        try
        {
            var bytes = offered.Unprotect(Convert.FromBase64String(text ?? ""));
            return bytes.AsSpan(0, 16).SequenceEqual(account.ToByteArray()) ? bytes[16..] : null;
        }
        catch (Exception wrong) when (wrong is FormatException or System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
