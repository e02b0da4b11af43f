using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.Patients.Contracts;

namespace Platform.QuickSwabs.Archive;

/// <summary>The archive's own secret: made once, and sealed like every personal field, so that a field key that goes leaves it as it was.</summary>
internal sealed class ArchiveKey
{
    /// <summary>Of 32 bytes in base64.</summary>
    public const int SecretLength = 44;

    public required Guid Id { get; init; }
    public required string Secret { get; init; }
}

/// <summary>The same code gives the same digest, as long as there is an archive; without its secret nobody can try codes out.</summary>
internal sealed class ArchiveFinder
{
    private const int SecretBytes = 32;
    private static readonly Guid Only = StableId.Of(Guid.Empty, "quickswabs.archive");

    private readonly byte[] secret;

    private ArchiveFinder(string secret) => this.secret = Convert.FromBase64String(secret);

    /// <summary>Saves the first time: to be opened before anything else is changed.</summary>
    public static Task<ArchiveFinder> Open(QuickSwabsDb db, CancellationToken cancellation) => db.OnceMore(async () =>
    {
        if (await db.ArchiveKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == Only, cancellation) is { } known)
            return new ArchiveFinder(known.Secret);
        var made = new ArchiveKey { Id = Only, Secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)) };
        db.ArchiveKeys.Add(made);
        await db.SaveChangesAsync(cancellation);
        return new(made.Secret);
    });

    public string Of(string code) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(PersonCode.Tidy(code))));
}
