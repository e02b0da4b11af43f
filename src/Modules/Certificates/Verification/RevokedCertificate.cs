using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Platform.Certificates.Verification;

/// <summary>A certificate that no longer holds, by the hash of its identifier alone: verifiers learn of it and of nothing else. Written in the
/// transaction that revokes; published with a number by <see cref="PublishRevocations"/>.</summary>
internal sealed class RevokedCertificate
{
    /// <summary>Base64 of a SHA-256.</summary>
    public const int HashLength = 44;

    /// <summary>Of the certificate's identifier (UVCI): <see cref="HashOf"/>.</summary>
    public required string Hash { get; init; }

    public required DateTime RevokedAt { get; init; }

    /// <summary>Number of the published list that first had it; null until then.</summary>
    public int? ListVersion { get; set; }

    public static RevokedCertificate Of(string uvci, DateTime at) => new() { Hash = HashOf(uvci), RevokedAt = at };

    /// <summary>As the Italian list of revoked certificates (DRL) writes it.</summary>
    public static string HashOf(string uvci) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(uvci)));

    /// <summary>Some write the identifier with its prefix, some without.</summary>
    public static IReadOnlyList<string> HashesOf(string uvci)
    {
        const string prefix = "URN:UVCI:";
        var bare = uvci.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? uvci[prefix.Length..] : uvci;
        return [HashOf(bare), HashOf(prefix + bare)];
    }

    public static void Table(ModelBuilder model) => model.Entity<RevokedCertificate>(e =>
    {
        e.ToTable("revoked_certificates");
        e.HasKey(r => r.Hash);
        e.Property(r => r.Hash).HasMaxLength(HashLength).IsUnicode(false);
        e.HasIndex(r => r.ListVersion);
    });
}
