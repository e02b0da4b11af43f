using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Platform.UserManagement.Accounts;

/// <summary>Secrets that are no part of the database, by their ids (<c>Accounts:Peppers:1</c>): whoever carries the hashes away has nothing to try them on
/// (OWASP ASVS 2.4.5). The last seals, those before it still prove what they sealed, until everybody has signed in once more.</summary>
internal sealed class Peppers
{
    private const int KeyBytes = 32;

    private readonly Dictionary<string, byte[]> keys;

    public Peppers(IConfiguration configuration)
    {
        var configured = configuration.GetSection("Accounts:Peppers").GetChildren().Where(k => !string.IsNullOrWhiteSpace(k.Value)).ToList();
        keys = configured.ToDictionary(k => k.Key, k => Bytes(k.Value!), StringComparer.Ordinal);
        if (keys.Any(k => k.Key.Length > 16 || k.Value.Length != KeyBytes))
            throw new InvalidOperationException($"Accounts:Peppers: each has an id of 1 to 16 characters and {KeyBytes} bytes in base64 (openssl rand -base64 32).");
        Newest = configured.LastOrDefault()?.Key;
    }

    /// <summary>Null where none is configured.</summary>
    public string? Newest { get; }

    /// <returns>Null where the key is not there any more.</returns>
    public string? Mix(string id, string password) =>
        keys.TryGetValue(id, out var key) ? Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(password))) : null;

    private static byte[] Bytes(string text)
    {
        var bytes = new byte[KeyBytes + 1];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var read) ? bytes[..read] : [];
    }
}

/// <summary>The framework's PBKDF2 over what a pepper has made of the password: <c>ID$HASH</c>; without a pepper, the framework's hash as it is.</summary>
internal sealed class PepperedHasher(Peppers peppers, IOptions<PasswordHasherOptions> options, ILogger<PepperedHasher> log) : PasswordHasher<Account>(options)
{
    private const char Mark = '$';

    public override string HashPassword(Account user, string password) =>
        peppers.Newest is { } id ? $"{id}{Mark}{base.HashPassword(user, peppers.Mix(id, password)!)}" : base.HashPassword(user, password);

    public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        var (id, hash) = hashedPassword.Split(Mark, 2) is [var before, var after] ? (before, after) : (null, hashedPassword);
        var mixed = id is null ? providedPassword : peppers.Mix(id, providedPassword);
        if (mixed is null)
        {
            log.LogError("A password was sealed with the pepper {Pepper}, which Accounts:Peppers does not have: put it back", id);
            // As much work as any other wrong one.
            base.VerifyHashedPassword(user, hash, providedPassword);
            return PasswordVerificationResult.Failed;
        }

        var verified = base.VerifyHashedPassword(user, hash, mixed);
        return verified == PasswordVerificationResult.Success && id != peppers.Newest ? PasswordVerificationResult.SuccessRehashNeeded : verified;
    }
}
