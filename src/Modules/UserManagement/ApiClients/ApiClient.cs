using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.ApiClients;

/// <summary>A machine that may call the API, within one facility.</summary>
internal sealed class ApiClient
{
    public const int NameLength = 120;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Role Role { get; init; }
    public required ScopeKind ScopeKind { get; init; }
    public required string ScopeCode { get; init; }

    /// <summary>The key's beginning, by which its row is found.</summary>
    public required string Prefix { get; init; }

    public required string KeyHash { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>The day, not the minute: it says whether the key is alive, and is written once a day.</summary>
    public DateOnly? LastUsedOn { get; set; }

    public DateTime? RevokedAt { get; set; }

    public Assignment Assignment => new(Role, new Scope(ScopeKind, ScopeCode));
}

/// <summary>Keys are random and long, so a plain SHA-256 keeps them: there is nothing to guess.</summary>
internal static class ApiKey
{
    public const int PrefixLength = 12;
    public const int HashLength = 64;

    /// <summary>The prefix stays readable in the database; what it leaves is still over 256 bits.</summary>
    private const int RandomBytes = 40;

    public static string New() => "pk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static string PrefixOf(string key) => key.Length <= PrefixLength ? key : key[..PrefixLength];

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public static bool Matches(string key, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(key)), Encoding.ASCII.GetBytes(hash));
}
