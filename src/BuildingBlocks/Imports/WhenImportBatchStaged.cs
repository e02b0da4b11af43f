using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;

namespace Platform.BuildingBlocks.Imports;

/// <summary>A batch of a file waits to be brought in.</summary>
/// <param name="Module">Whose file it is.</param>
public sealed record ImportBatchStaged(string Module, Guid BatchId) : IEvent;

/// <summary>Brings the batch in, in the module whose it is. What became of it is saved with it; a batch that was cut off comes again.</summary>
public sealed class WhenImportBatchStaged<TDb>(TDb db, ImportCatalogue imports, IServiceProvider services, Texts texts, TimeProvider clock) : IReaction<ImportBatchStaged>
    where TDb : ModuleDb
{
    public async Task React(Told<ImportBatchStaged> told, CancellationToken cancellation)
    {
        if (told.Event.Module != db.Schema)
            return;
        var batch = await db.Set<ImportBatch>().FirstOrDefaultAsync(b => b.Id == told.Event.BatchId, cancellation);
        if (batch is null || batch.DoneAt is not null)
            return;
        var file = await db.Set<ImportedFile>().AsNoTracking().FirstAsync(f => f.Id == batch.FileId, cancellation);
        // What is wrong is told in the language of the one who handed the file in.
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(file.Language);
        var rows = batch.Read();
        var outcome = await imports.Find(services, db.Schema, file.Import).Bring(file.Source, rows, cancellation);
        batch.Done(outcome, clock.GetUtcNow().UtcDateTime);
        var byLine = rows.ToDictionary(r => r.Line);
        var seen = new HashSet<int>();
        foreach (var (ordinal, fault) in outcome.Faults.Index())
        {
            var first = seen.Add(fault.Line);
            db.Add(new ImportFault
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), FileId = file.Id, Line = fault.Line, Ordinal = ordinal, Column = Cut.To(ImportFault.ColumnLength, fault.Column),
                Reason = fault.In(texts), Cells = first && byLine[fault.Line].Fault is null ? JsonSerializer.Serialize(byLine[fault.Line].Fields) : null,
            });
        }

        await db.SaveChangesAsync(cancellation);
    }
}

internal static class Cut
{
    /// <summary>Not within a character of two halves.</summary>
    public static string To(int length, string text) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>In the reader's language.</summary>
    public static string In(this RowFault fault, Texts texts) => To(ImportFault.ReasonLength, texts[fault.Reason, fault.Arguments].Value);

    /// <summary>All that is wrong with one row.</summary>
    public static string Why(IEnumerable<(string Column, string Reason)> faults) =>
        string.Join("; ", faults.Select(f => f.Column.Length > 0 ? $"{f.Column}: {f.Reason}" : f.Reason));
}
