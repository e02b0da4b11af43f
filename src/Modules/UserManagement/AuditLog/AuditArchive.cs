using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;

namespace Platform.UserManagement.AuditLog;

/// <summary>Lines that left the log when their term was over: a piece of the chain without gaps, of which both ends are kept, so that the chain
/// of what stays goes on from it.</summary>
internal sealed class ArchivedLines
{
    public const int FileLength = 60;

    public required Guid Id { get; init; }
    public required long FromSequence { get; init; }
    public required long ToSequence { get; set; }
    public required byte[] PreviousHash { get; init; }
    public required byte[] Hash { get; set; }

    /// <summary>In the folder of <c>Audit:ArchiveFolder</c>.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public string FileHash { get; set; } = "";

    public required DateTime At { get; init; }
}

/// <summary>Whole months of the log that are over its term are written to a file, and leave the database. A month whose lines are not as they
/// were sealed stays, and the run fails: it is for somebody to look at.</summary>
internal sealed class AuditArchive(UserManagementDb db, IDatabaseEngine engine, IHostEnvironment environment, IConfiguration configuration, TimeProvider clock) : IForgets
{
    public string What => Retention.AuditLines;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var lines = 0;
        while (await db.LineRows.MinAsync(l => (DateTime?)l.At, cancellation) is { } first && AuditMonths.MonthOf(first).AddMonths(1) <= before)
            lines += await Archive(AuditMonths.MonthOf(first), cancellation);
        return lines;
    }

    private async Task<int> Archive(DateTime month, CancellationToken cancellation)
    {
        await AuditMonths.Make(db, engine, clock.GetUtcNow().UtcDateTime, cancellation);
        var folder = Directory.CreateDirectory(HomeFolder.Resolve(environment, configuration["Audit:ArchiveFolder"] ?? "data/audit")).FullName;
        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{month:yyyy-MM}.csv.gz");
        var (file, end) = (Path.Combine(folder, name), month.AddMonths(1));
        var pieces = new List<ArchivedLines>();
        var count = await Write(file + ".part", db.LineRows.AsNoTracking().Where(l => l.At >= month && l.At < end), name, pieces, cancellation);
        // A run that failed after this begins anew, with the same lines and so the same file.
        File.Move(file + ".part", file, overwrite: true);
        await using (var written = File.OpenRead(file))
        {
            var hash = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(written, cancellation));
            pieces.ForEach(p => p.FileHash = hash);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.ArchivedLines.AddRange(pieces);
        // That they left, and with which seal of the file, is itself in the chain.
        db.Audit("export", "users.AuditArchive", [], records: pieces.Select(p => p.Id), why: $"{name} {pieces[0].FileHash}");
        await db.SaveChangesAsync(cancellation);
        await AuditMonths.Drop(db, engine, month, cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
        return count;
    }

    private async Task<int> Write(string file, IQueryable<LineRow> lines, string name, List<ArchivedLines> pieces, CancellationToken cancellation)
    {
        await using var zip = new GZipStream(File.Create(file), CompressionLevel.Optimal);
        await TableWriter.Write(TableFormat.Csv, zip, Columns, Checked(lines, name, pieces, cancellation), cancellation);
        return pieces.Sum(p => (int)(p.ToSequence - p.FromSequence + 1));
    }

    private async IAsyncEnumerable<AuditLine> Checked(IQueryable<LineRow> lines, string name, List<ArchivedLines> pieces, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in db.InOrder(lines, cancellation))
        {
            var last = pieces.LastOrDefault() is { } piece && piece.ToSequence + 1 == line.Sequence ? piece : null;
            var previous = last?.Hash ?? await HashBefore(line.Sequence, cancellation);
            var own = line.Own();
            if (AuditLine.MarkOf(own) != line.Mark || previous is null || !AuditLine.Seal(previous, own).AsSpan().SequenceEqual(line.Hash))
                throw new Refusal("audit-broken", "Il registro degli accessi non è integro: il mese non si archivia.");
            if (last is not null)
                (last.ToSequence, last.Hash) = (line.Sequence, line.Hash);
            else
                pieces.Add(new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()), FromSequence = line.Sequence, ToSequence = line.Sequence, PreviousHash = previous, Hash = line.Hash,
                    File = name, At = clock.GetUtcNow().UtcDateTime,
                });
            yield return line;
        }
    }

    // Of the line before, which another month may have, or the archive.
    private async Task<byte[]?> HashBefore(long sequence, CancellationToken cancellation) =>
        sequence == 1 ? AuditLine.Beginning
        : await db.LineRows.Where(l => l.Sequence == sequence - 1).Select(l => l.Hash).FirstOrDefaultAsync(cancellation)
            ?? await db.ArchivedLines.Where(a => a.ToSequence == sequence - 1).Select(a => a.Hash).FirstOrDefaultAsync(cancellation);

    // As texts: what is sealed is to be read back as it was.
    private static readonly IReadOnlyList<TableColumn<AuditLine>> Columns =
    [
        new("sequence", l => l.Sequence.ToString(CultureInfo.InvariantCulture)), new("at", l => l.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
        new("actor_id", l => l.ActorId?.ToString()), new("actor", l => l.Actor), new("address", l => l.Address), new("action", l => l.Action), new("what", l => l.What),
        new("subject", l => l.Subject.ToString()), new("subject_id", l => l.SubjectId.ToString()), new("trace", l => l.Trace?.ToString("N")), new("acting_as", l => l.ActingAs), new("fields", l => l.Fields),
        new("why", l => l.Why), new("hash", l => Convert.ToHexStringLower(l.Hash)),
    ];
}
