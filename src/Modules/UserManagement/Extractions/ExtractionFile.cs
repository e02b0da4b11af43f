using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Platform.UserManagement.Extractions;

/// <summary>The file of an extraction, in encrypted pieces in the database: every host has it.</summary>
internal sealed class ExtractionFile(UserManagementDb db, IDataProtectionProvider protection)
{
    private const int Piece = 1 << 20;

    private readonly IDataProtector protector = protection.CreateProtector("extraction-parts");

    /// <summary>On this host's disk while it is written or read, and no longer.</summary>
    public static FileStream Temporary() =>
        new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    public async Task Keep(Guid extraction, Stream file, CancellationToken cancellation)
    {
        await db.ExtractionParts.Where(p => p.ExtractionId == extraction).ExecuteDeleteAsync(cancellation);
        var piece = new byte[Piece];
        for (var number = 0; await file.ReadAtLeastAsync(piece, Piece, throwOnEndOfStream: false, cancellation) is > 0 and var read; number++)
        {
            db.ExtractionParts.Add(new() { ExtractionId = extraction, Number = number, Content = protector.Protect(piece[..read]) });
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
    }

    public async Task<Stream> Read(Guid extraction, CancellationToken cancellation)
    {
        var file = Temporary();
        await foreach (var part in db.ExtractionParts.AsNoTracking().Where(p => p.ExtractionId == extraction).OrderBy(p => p.Number).AsAsyncEnumerable().WithCancellation(cancellation))
            await file.WriteAsync(protector.Unprotect(part.Content), cancellation);
        file.Position = 0;
        return file;
    }
}
