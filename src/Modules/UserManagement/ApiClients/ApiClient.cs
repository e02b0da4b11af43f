using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.ApiClients;

/// <summary>A machine that may call the API, within one facility or the several of a chain: by a key, or by requests it signs.</summary>
internal sealed class ApiClient
{
    public const int NameLength = 120;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required Role Role { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>The day, not the minute: it says whether the client is alive, and is written once a day.</summary>
    public DateOnly? LastUsedOn { get; set; }

    public DateTime? RevokedAt { get; set; }

    /// <summary>At least one; all of one kind.</summary>
    public List<ClientScope> Scopes { get; } = [];

    public List<ApiKeyRow> Keys { get; } = [];

    public List<SigningKey> SigningKeys { get; } = [];

    public IEnumerable<Assignment> Assignments => Scopes.Select(s => new Assignment(Role, new Scope(s.Kind, s.Code)));

    /// <summary>A new key; those there are go on for the overlap, so that the system changes over without a stop.</summary>
    public ApiKeyRow Add(string key, TimeSpan overlap, DateTimeOffset now)
    {
        foreach (var old in Keys.Where(k => k.Opens(now.UtcDateTime)))
            old.EndBy((now + overlap).UtcDateTime);
        var row = new ApiKeyRow
        {
            Id = Guid.CreateVersion7(now), ClientId = Id, Prefix = ApiKey.PrefixOf(key), Hash = Digest.Of(key), CreatedAt = now.UtcDateTime,
        };
        Keys.Add(row);
        return row;
    }
}

/// <summary>A facility of the client's.</summary>
internal sealed class ClientScope
{
    public required Guid ClientId { get; init; }
    public required ScopeKind Kind { get; init; }
    public required string Code { get; init; }
}

/// <summary>One key of a client: of it only the beginning and the hash are here.</summary>
internal sealed class ApiKeyRow
{
    public required Guid Id { get; init; }
    public required Guid ClientId { get; init; }

    /// <summary>The key's beginning, by which its row is found.</summary>
    public required string Prefix { get; init; }

    public required string Hash { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>From when on it opens nothing; null while it is the newest.</summary>
    public DateTime? EndsAt { get; private set; }

    public DateOnly? LastUsedOn { get; set; }

    public bool Opens(DateTime now) => EndsAt is null || EndsAt > now;

    public void EndBy(DateTime at)
    {
        if (EndsAt is null || EndsAt > at)
            EndsAt = at;
    }
}

/// <summary>The public half of a key with which the client signs its requests.</summary>
internal sealed class SigningKey
{
    public const int KidLength = 64;
    public const int PemLength = 2000;

    public required Guid Id { get; init; }
    public required Guid ClientId { get; init; }

    /// <summary>Thumbprint of the key (RFC 7638), by which a request names it.</summary>
    public required string Kid { get; init; }

    /// <summary>SubjectPublicKeyInfo.</summary>
    public required string Pem { get; init; }

    public required DateTime CreatedAt { get; init; }
    public DateTime? RevokedAt { get; set; }
}

/// <summary>Keys are random and long, so a plain SHA-256 keeps them: there is nothing to guess.</summary>
internal static class ApiKey
{
    public const int PrefixLength = 12;

    /// <summary>The prefix stays readable in the database; what it leaves is still over 256 bits.</summary>
    private const int RandomBytes = 40;

    public static string New() => "pk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static string PrefixOf(string key) => key.Length <= PrefixLength ? key : key[..PrefixLength];

    public static bool Matches(string key, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Digest.Of(key)), Encoding.ASCII.GetBytes(hash));
}
