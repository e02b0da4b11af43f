using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;

namespace Platform.BuildingBlocks.Imports;

/// <summary>Where a module's files are handed in and asked after. Who may, and which files are hers, is the module's to say.</summary>
public sealed class ImportDesk<TDb>(TDb db, ImportCatalogue imports, IServiceProvider services, ICurrentUser user, Uploads uploads, IDatabaseEngine engine, Texts texts, TimeProvider clock)
    where TDb : ModuleDb
{
    /// <summary>Largest file that is taken over the network; longer ones come by the command line.</summary>
    public const long LargestFile = 500L * 1024 * 1024;

    private const int RecentOnes = 20;

    public IQueryable<ImportedFile> Files => db.Set<ImportedFile>().AsNoTracking();

    /// <summary>Sets the rows aside in batches, which are then brought in one by one: a host that stops half way loses none and
    /// doubles none. What is no table, or lacks a column, is refused before anything is kept.</summary>
    /// <param name="id">Made by the sender: sent twice, it is one file.</param>
    /// <param name="file">That can be sought.</param>
    public async Task<Guid> Receive(StagedImport import, Guid id, Stream file, string fileName, string? format, string? scope, CancellationToken cancellation)
    {
        if (await Files.AnyAsync(f => f.Id == id && f.ReadAt != null, cancellation))
            return id;
        // The command line is the installation's own hand.
        if (user.Id is { } sender)
            await uploads.Check(Files.Where(f => f.StartedById == sender && f.Id != id), file, cancellation);
        var bytes = file.Length;
        var (table, recognised) = await import.Open(file, format, cancellation);
        await using var closing = table;
        await Begin(import, id, fileName, bytes, recognised, scope, cancellation);
        // A file that was cut off while it was read goes on where it stopped.
        var staged = await db.Set<ImportBatch>().CountAsync(b => b.FileId == id, cancellation);
        var ordinal = 0;
        await foreach (var rows in table.Rows(cancellation).InBatches(import.BatchSize, cancellation))
        {
            if (ordinal >= staged)
                await Stage(id, ordinal, rows, cancellation);
            ordinal++;
        }

        foreach (var unknown in table.Unknown.Where(c => !RefusedFile.IsOwn(c)))
        {
            db.Add(new ImportFault
            {
                Id = StableId.Of(id, "column " + unknown), FileId = id, Line = table.HeaderLine, Ordinal = ImportFault.OfTheHeader,
                Column = Cut.To(ImportFault.ColumnLength, unknown), Reason = texts["La colonna non è prevista: è stata ignorata."],
            });
        }

        await SaveOnce(cancellation);
        var read = await db.Set<ImportedFile>().SingleAsync(f => f.Id == id, cancellation);
        read.ReadAt = clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancellation);
        return id;
    }

    /// <param name="seen">The files that the asker may see.</param>
    public async Task<ImportProgress> Progress(IQueryable<ImportedFile> seen, Guid id, int page, CancellationToken cancellation)
    {
        var file = await seen.FirstOrDefaultAsync(f => f.Id == id, cancellation) ?? throw Refusal.NotFound();
        var batches = await db.Set<ImportBatch>().Where(b => b.FileId == id).Select(b => new { b.Lines, b.Counts, b.Refused, b.DoneAt }).ToListAsync(cancellation);
        var counts = imports.Find(services, db.Schema, file.Import).Counts;
        var sums = new int[counts.Count];
        foreach (var (index, count) in batches.SelectMany(b => ImportBatch.CountsOf(b.Counts).Index()))
            sums[index] += count;
        var faults = await db.Set<ImportFault>().AsNoTracking().Where(f => f.FileId == id).OrderBy(f => f.Line).ThenBy(f => f.Ordinal)
            .Select(f => new ImportFaultRow(f.Line, f.Column, f.Reason)).ToListing(page, Listings.DefaultSize, cancellation);
        return new(
            file, batches.Sum(b => b.Lines), batches.Where(b => b.DoneAt is not null).Sum(b => b.Lines), [.. counts.Zip(sums)], batches.Sum(b => b.Refused),
            file.ReadAt is not null && batches.TrueForAll(b => b.DoneAt is not null), faults);
    }

    /// <summary>The refused rows, whole, to be mended and sent again.</summary>
    public async Task<RefusedRows> Refused(IQueryable<ImportedFile> seen, Guid id, CancellationToken cancellation)
    {
        var file = await seen.FirstOrDefaultAsync(f => f.Id == id, cancellation) ?? throw Refusal.NotFound();
        var layout = imports.Find(services, db.Schema, file.Import).LayoutOf(file.Format);
        var any = await db.Set<ImportFault>().AnyAsync(f => f.FileId == id && f.Cells != null, cancellation);
        return new(id, layout, any, Rows(id));
    }

    public async Task<IReadOnlyList<RecentImport>> Recent(IQueryable<ImportedFile> seen, CancellationToken cancellation) =>
        await seen.OrderByDescending(f => f.StartedAt).ThenByDescending(f => f.Id).Take(RecentOnes)
            .Select(f => new RecentImport(
                f.Id, f.Import, f.FileName, f.StartedAt, f.StartedBy,
                db.Set<ImportBatch>().Where(b => b.FileId == f.Id).Sum(b => b.Lines), db.Set<ImportBatch>().Where(b => b.FileId == f.Id).Sum(b => b.Refused)))
            .ToListAsync(cancellation);

    // One row in memory at a time, however many were refused.
    private async IAsyncEnumerable<RefusedRow> Rows(Guid id)
    {
        List<ImportFault> row = [];
        await foreach (var fault in db.Set<ImportFault>().AsNoTracking().Where(f => f.FileId == id && f.Ordinal != ImportFault.OfTheHeader)
            .OrderBy(f => f.Line).ThenBy(f => f.Ordinal).AsAsyncEnumerable())
        {
            if (row.Count > 0 && row[0].Line != fault.Line)
            {
                yield return Whole(row);
                row = [];
            }

            row.Add(fault);
        }

        if (row.Count > 0)
            yield return Whole(row);
    }

    private static RefusedRow Whole(List<ImportFault> row) => new(
        row[0].Line, row.Find(f => f.Cells is not null)?.Cells is { } cells ? JsonSerializer.Deserialize<string[]>(cells)! : [],
        Cut.Why(row.Select(f => (f.Column, f.Reason))));

    private async Task Stage(Guid file, int ordinal, IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var batch = new ImportBatch
        {
            Id = StableId.Of(file, ordinal.ToString(CultureInfo.InvariantCulture)), FileId = file, Ordinal = ordinal, Payload = ImportBatch.Write(rows), Lines = rows.Count,
        };
        db.Add(batch);
        db.Tell(new ImportBatchStaged(db.Schema, batch.Id));
        await SaveOnce(cancellation);
    }

    private async Task Begin(StagedImport import, Guid id, string fileName, long bytes, string? format, string? scope, CancellationToken cancellation)
    {
        if (await Files.AnyAsync(f => f.Id == id, cancellation))
            return;
        var name = string.Concat(Path.GetFileName(fileName).Select(c => char.IsControl(c) ? '_' : c));
        db.Add(new ImportedFile
        {
            Id = id,
            Import = import.Name,
            Format = format,
            Scope = scope,
            FileName = Cut.To(ImportedFile.FileNameLength, string.IsNullOrWhiteSpace(name) ? "file" : name),
            Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
            Bytes = bytes,
            StartedAt = clock.GetUtcNow().UtcDateTime,
            StartedById = user.Id,
            StartedBy = Cut.To(ImportedFile.ByLength, user.DisplayName),
        });
        await SaveOnce(cancellation);
    }

    /// <summary>What is saved here has keys made of the file's: where the same file comes twice at once, the twin has saved it.</summary>
    private async Task SaveOnce(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
        {
        }

        db.ChangeTracker.Clear();
    }
}

public sealed record ImportFaultRow(int Line, string Column, string Reason);

/// <summary>How far a file is, what became of its rows, and what is wrong with which.</summary>
/// <param name="Lines">Read from the file so far.</param>
/// <param name="Done">Of those, dealt with.</param>
public sealed record ImportProgress(
    ImportedFile File, int Lines, int Done, IReadOnlyList<(ImportCount Count, int Rows)> Counts, int Refused, bool Finished, Listing<ImportFaultRow> Faults)
{
    public int Percent => Lines == 0 ? (Finished ? 100 : 0) : (int)(100L * Done / Lines);
}

/// <param name="Any">Some of the rows still have their cells.</param>
/// <param name="Rows">To be read once, as they are written.</param>
public sealed record RefusedRows(Guid FileId, TableLayout Layout, bool Any, IAsyncEnumerable<RefusedRow> Rows) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [];

    /// <summary>Whoever the rows are about is not known: the audit names the file.</summary>
    public IEnumerable<Guid> RecordsShown => Any ? [FileId] : [];
}

public sealed record RecentImport(Guid Id, string Import, string FileName, DateTime StartedAt, string StartedBy, int Lines, int Refused);
