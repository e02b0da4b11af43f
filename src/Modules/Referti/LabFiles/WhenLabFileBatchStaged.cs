using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;

namespace Platform.Referti.LabFiles;

/// <summary>Brings the batch in. Its rows are kept one by one; its faults and its count are saved at the end, and a batch that
/// was cut off finds its rows known.</summary>
internal sealed class WhenLabFileBatchStaged(RefertiDb db, BringLabRows rows, FileMaps maps, Texts texts, TimeProvider clock) : IReaction<LabFileBatchStaged>
{
    public async Task React(Told<LabFileBatchStaged> told, CancellationToken cancellation)
    {
        var batch = await db.LabFileBatches.FirstOrDefaultAsync(b => b.Id == told.Event.BatchId, cancellation);
        if (batch is null || batch.DoneAt is not null)
            return;
        var file = await db.LabFiles.AsNoTracking().FirstAsync(f => f.Id == batch.FileId, cancellation);
        var map = maps.Find(file.Map) ?? throw new InvalidOperationException($"There is no map {file.Map} any more.");
        // What is wrong is told in the language of the one who handed the file in.
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(file.Language);
        var lines = batch.Read();
        var outcome = await rows.Bring(map, lines, file.LabCode, file.StartedById, cancellation);
        (batch.Released, batch.Repeated, batch.Waiting, batch.Known, batch.Bad) =
            (outcome.Released, outcome.Repeated, outcome.Waiting, outcome.Known, outcome.Bad);
        (batch.Payload, batch.DoneAt) = ("", clock.GetUtcNow().UtcDateTime);
        var byLine = lines.ToDictionary(l => l.Line);
        foreach (var (ordinal, fault) in outcome.Faults.Index())
        {
            db.LabFileFaults.Add(new()
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), FileId = file.Id, Line = fault.Line, Ordinal = ordinal, Column = fault.Column, Reason = fault.In(texts),
                Cells = byLine[fault.Line].Fault is null ? JsonSerializer.Serialize(byLine[fault.Line].Fields) : null,
            });
        }

        await db.SaveChangesAsync(cancellation);
    }
}
