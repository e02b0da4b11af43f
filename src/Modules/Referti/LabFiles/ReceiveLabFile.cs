using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Referti.LabMessages;
using Platform.Referti.Reports;

namespace Platform.Referti.LabFiles;

/// <summary>A laboratory hands in a file of results. Its rows are set aside in batches, which are then brought in one by
/// one: a host that stops half way loses none and doubles none.</summary>
/// <param name="Id">Made by the sender: sent twice, it is one file.</param>
/// <param name="File">That can be sought.</param>
/// <param name="Map">Name of the format; null to have it recognised.</param>
[BetweenModules]
internal sealed record ReceiveLabFile(Guid Id, Stream File, string FileName, string? Map, string Lab) : ICommand<Guid>
{
    public const long LargestFile = 500L * 1024 * 1024;

    internal sealed class Handler(RefertiDb db, OpenLabFile open, ICurrentUser user, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<ReceiveLabFile, Guid>
    {
        public async Task<Guid> Handle(ReceiveLabFile request, CancellationToken cancellationToken)
        {
            if (await db.LabFiles.AnyAsync(f => f.Id == request.Id && f.ReadAt != null, cancellationToken))
                return request.Id;
            // What is no table, or lacks a column, is refused here, before anything is kept.
            var (table, map) = await open.Open(request.File, request.Map, cancellationToken);
            await using var closing = table;
            var file = await Begin(request, map, cancellationToken);
            // A file that was cut off while it was read goes on where it stopped.
            var staged = await db.LabFileBatches.CountAsync(b => b.FileId == file.Id, cancellationToken);
            var ordinal = 0;
            var rows = new List<TableRow>();
            await foreach (var row in table.Rows(cancellationToken))
            {
                rows.Add(row);
                if (rows.Count == LabFileBatch.Size)
                    await Stage();
            }

            if (rows.Count > 0)
                await Stage();
            await db.LabFiles.Where(f => f.Id == file.Id).ExecuteUpdateAsync(
                set => set.SetProperty(f => f.ReadAt, clock.GetUtcNow().UtcDateTime), cancellationToken);
            return file.Id;

            async Task Stage()
            {
                if (ordinal >= staged)
                {
                    var batch = new LabFileBatch
                    {
                        Id = StableId.Of(file.Id, ordinal.ToString(CultureInfo.InvariantCulture)), FileId = file.Id, Ordinal = ordinal,
                        Payload = LabFileBatch.Write(rows), Lines = rows.Count,
                    };
                    db.LabFileBatches.Add(batch);
                    db.Tell(new LabFileBatchStaged(batch.Id));
                    await db.SaveChangesAsync(cancellationToken);
                    db.ChangeTracker.Clear();
                }

                ordinal++;
                rows.Clear();
            }
        }

        private async Task<LabFile> Begin(ReceiveLabFile request, FileMap map, CancellationToken cancellation)
        {
            if (await db.LabFiles.AsNoTracking().FirstOrDefaultAsync(f => f.Id == request.Id, cancellation) is { } before)
                return before;
            var file = new LabFile
            {
                Id = request.Id,
                LabCode = request.Lab,
                FileName = ReportVersion.Fit(string.Concat(Path.GetFileName(request.FileName).Select(c => char.IsControl(c) ? '_' : c)), LabFile.FileNameLength) ?? "file",
                Map = map.Name,
                Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                StartedAt = clock.GetUtcNow().UtcDateTime,
                StartedById = user.Id,
                StartedBy = ReportVersion.Fit(user.DisplayName, LabFile.ByLength) ?? "",
            };
            db.LabFiles.Add(file);
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                // The form came twice at once.
            }

            db.ChangeTracker.Clear();
            return file;
        }
    }
}
