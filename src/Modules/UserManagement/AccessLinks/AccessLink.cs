using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AccessLinks;

internal enum AccessLinkPurpose
{
    /// <summary>A new account's first way in.</summary>
    Invitation,

    /// <summary>Somebody forgot her password.</summary>
    NewPassword,

    /// <summary>Somebody changes her e-mail address: whoever reads the new one confirms it. It opens nothing else.</summary>
    NewEmail,
}

/// <summary>A link that went by e-mail and lets its reader choose the account's password, or confirm her address, once.</summary>
internal sealed class AccessLink
{
    private const int RandomBytes = 32;

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required AccessLinkPurpose Purpose { get; init; }

    /// <summary>SHA-256, hexadecimal: the database does not hold what opens.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The address to be confirmed.</summary>
    public string? Email { get; init; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public DateTime? UsedAt { get; set; }

    public static TimeSpan LifeOf(AccessLinkPurpose purpose) =>
        purpose == AccessLinkPurpose.Invitation ? TimeSpan.FromDays(7) : TimeSpan.FromHours(1);

    public static (AccessLink Link, string Token) Make(Guid account, AccessLinkPurpose purpose, DateTimeOffset now, string? email = null)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        return (new()
        {
            Id = Guid.CreateVersion7(now), AccountId = account, Purpose = purpose, TokenHash = Digest.Of(token), Email = email,
            CreatedAt = now.UtcDateTime, ExpiresAt = now.UtcDateTime + LifeOf(purpose),
        }, token);
    }
}
