using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Platform.UserManagement.Extractions;

/// <summary>Pseudonyms are the HMAC-SHA-256 of an id under a key. The key of an extraction is made for it and kept by nobody, so that no two
/// extractions join and nobody finds the way back; that of a project is kept, encrypted, once the privacy officer has allowed it.</summary>
internal sealed class Pseudonyms(UserManagementDb db, IDataProtectionProvider protection, TimeProvider clock)
{
    private const int KeyBytes = 32;

    /// <summary>128 bits: no two ids of a region meet.</summary>
    private const int Kept = 16;

    private readonly IDataProtector protector = protection.CreateProtector("extraction-keys");

    /// <summary>The caller saves.</summary>
    public async Task Allow(string project, string by, CancellationToken cancellation)
    {
        if (!await db.ProjectKeys.AnyAsync(k => k.Project == project, cancellation))
            db.ProjectKeys.Add(new() { Project = project, Key = Convert.ToBase64String(protector.Protect(RandomNumberGenerator.GetBytes(KeyBytes))), AllowedBy = by, At = clock.GetUtcNow().UtcDateTime });
    }

    public async Task<byte[]> KeyOf(string? project, CancellationToken cancellation) => project is null
        ? RandomNumberGenerator.GetBytes(KeyBytes)
        : protector.Unprotect(Convert.FromBase64String((await db.ProjectKeys.AsNoTracking().SingleAsync(k => k.Project == project, cancellation)).Key));

    public static string Of(byte[] key, Guid id) => "p" + Convert.ToHexStringLower(HMACSHA256.HashData(key, id.ToByteArray(bigEndian: true)).AsSpan(0, Kept));
}
