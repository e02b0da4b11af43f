using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;

namespace Platform.Patients.Imports;

/// <summary>Brings the batch in; its rows, its faults and its count are one transaction.</summary>
internal sealed class WhenImportBatchStaged(PatientsDb db, PeopleBatch people, DoctorsBatch doctors, TimeProvider clock) : IReaction<ImportBatchStaged>
{
    public async Task React(Told<ImportBatchStaged> told, CancellationToken cancellation)
    {
        var batch = await db.ImportBatches.FirstOrDefaultAsync(b => b.Id == told.Event.BatchId, cancellation);
        if (batch is null || batch.DoneAt is not null)
            return;
        var import = await db.Imports.AsNoTracking().FirstAsync(i => i.Id == batch.ImportId, cancellation);
        // What is wrong is told in the language of the one who handed the file in.
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(import.Language);
        var rows = batch.Read();
        var outcome = import.Kind == ImportKind.People
            ? await people.Apply(rows, cancellation)
            : await doctors.Apply(rows, cancellation);
        (batch.Added, batch.Changed, batch.Unchanged, batch.Bad) = (outcome.Added, outcome.Changed, outcome.Unchanged, outcome.Bad);
        (batch.Payload, batch.DoneAt) = ("", clock.GetUtcNow().UtcDateTime);
        foreach (var fault in outcome.Faults)
        {
            db.ImportFaults.Add(new()
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), ImportId = import.Id, Line = fault.Line, Column = fault.Column,
                Reason = fault.Reason.Length <= ImportFault.ReasonLength ? fault.Reason : fault.Reason[..ImportFault.ReasonLength],
            });
        }

        await db.SaveChangesAsync(cancellation);
    }
}
