using Microsoft.AspNetCore.Identity;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Passkeys;

/// <summary>A key of somebody's telephone, computer or token (WebAuthn); only its public half is here.</summary>
internal sealed class Passkey
{
    public const int NameLength = 60;
    public const int CredentialLength = 1023;
    public const int PublicKeyLength = 1024;
    public const int TransportsLength = 80;

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>As the authenticator names it (WebAuthn 4: at most 1023 bytes).</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>SHA-256 of <see cref="CredentialId"/>, hexadecimal: what an index can hold on every engine.</summary>
    public required string CredentialHash { get; init; }

    public required byte[] PublicKey { get; init; }
    public required string Name { get; set; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? LastUsedAt { get; set; }

    /// <summary>Of the authenticator's signatures, where it counts them.</summary>
    public required long SignCount { get; set; }

    public required string Transports { get; init; }
    public required bool BackupEligible { get; init; }
    public required bool BackedUp { get; set; }

    public static string HashOf(byte[] credential) => Digest.Of(credential);

    public UserPasskeyInfo Info() => new(
        CredentialId, PublicKey, new(DateTime.SpecifyKind(CreatedAt, DateTimeKind.Utc)), (uint)SignCount, Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        true, BackupEligible, BackedUp, [], [])
    { Name = Name };
}
