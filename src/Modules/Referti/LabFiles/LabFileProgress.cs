using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.LabFiles;

/// <summary>How far a file is, what became of its rows, and what is wrong with which. Asked by an operator or by the system
/// that sent it.</summary>
[Requires(RefertiModule.Files)]
internal sealed record LabFileProgress(Guid Id, int Page) : IQuery<LabFileProgressAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<LabFileProgress, LabFileProgressAnswer>
    {
        public async Task<LabFileProgressAnswer> Handle(LabFileProgress request, CancellationToken cancellationToken)
        {
            var file = await db.LabFiles.AsNoTracking().OfHers(user).FirstOrDefaultAsync(f => f.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var sums = await db.LabFileBatches.Where(b => b.FileId == file.Id).GroupBy(b => b.FileId).Select(g => new
            {
                Lines = g.Sum(b => b.Lines),
                Done = g.Sum(b => b.DoneAt == null ? 0 : b.Lines),
                Released = g.Sum(b => b.Released),
                Repeated = g.Sum(b => b.Repeated),
                Waiting = g.Sum(b => b.Waiting),
                Known = g.Sum(b => b.Known),
                Bad = g.Sum(b => b.Bad),
            }).FirstOrDefaultAsync(cancellationToken);
            var faults = await db.LabFileFaults.AsNoTracking().Where(f => f.FileId == file.Id).OrderBy(f => f.Line).ThenBy(f => f.Ordinal)
                .Select(f => new LabFileFaultRow(f.Line, f.Column, f.Reason)).ToListing(request.Page, Listings.DefaultSize, cancellationToken);
            return new(
                file.Id, file.FileName, file.Map, file.StartedAt, sums?.Lines ?? 0, sums?.Done ?? 0, sums?.Released ?? 0, sums?.Repeated ?? 0, sums?.Waiting ?? 0,
                sums?.Known ?? 0, sums?.Bad ?? 0, file.ReadAt is not null && (sums?.Lines ?? 0) == (sums?.Done ?? 0), faults);
        }
    }
}

internal sealed record LabFileFaultRow(int Line, string Column, string Reason);

/// <param name="Lines">Read from the file so far.</param>
/// <param name="Done">Of those, dealt with.</param>
/// <param name="Known">Rows that had come before, in this file or another.</param>
internal sealed record LabFileProgressAnswer(
    Guid Id, string FileName, string Format, DateTime StartedAt, int Lines, int Done, int Released, int Repeated, int Waiting, int Known, int Refused, bool Finished,
    Listing<LabFileFaultRow> Faults)
{
    public int Percent => Lines == 0 ? (Finished ? 100 : 0) : (int)(100L * Done / Lines);
}

/// <summary>The rows that were refused, whole, to be mended and sent again.</summary>
[Requires(RefertiModule.Files)]
internal sealed record RefusedRows(Guid Id) : IQuery<RefusedRowsAnswer>
{
    internal sealed class Handler(RefertiDb db, FileMaps maps, ICurrentUser user) : IRequestHandler<RefusedRows, RefusedRowsAnswer>
    {
        public async Task<RefusedRowsAnswer> Handle(RefusedRows request, CancellationToken cancellationToken)
        {
            var file = await db.LabFiles.AsNoTracking().OfHers(user).FirstOrDefaultAsync(f => f.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var map = maps.Find(file.Map) ?? throw Refusal.NotFound();
            var faults = await db.LabFileFaults.AsNoTracking().Where(f => f.FileId == file.Id).OrderBy(f => f.Line).ThenBy(f => f.Ordinal).ToListAsync(cancellationToken);
            return new(file.Id, map, [.. faults.GroupBy(f => f.Line).Select(row => new RefusedRow(
                row.Key,
                row.Select(f => f.Cells).FirstOrDefault(c => c is not null) is { } cells ? JsonSerializer.Deserialize<string[]>(cells)! : [],
                string.Join("; ", row.Select(f => f.Column.Length > 0 ? $"{f.Column}: {f.Reason}" : f.Reason))))]);
        }
    }
}

/// <param name="Cells">In the order of the map; none where the row could not be cut into cells.</param>
internal sealed record RefusedRow(int Line, string[] Cells, string Why);

internal sealed record RefusedRowsAnswer(Guid FileId, FileMap Map, IReadOnlyList<RefusedRow> Rows) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [];

    /// <summary>Whoever the rows are about is not known: the audit names the file.</summary>
    public IEnumerable<Guid> RecordsShown => Rows.Any(r => r.Cells.Length > 0) ? [FileId] : [];
}

internal static class LabFilesOfHers
{
    /// <summary>Of the laboratory whose results she enters, or whose system this is.</summary>
    public static IQueryable<LabFile> OfHers(this IQueryable<LabFile> files, ICurrentUser user) =>
        files.Within(LabFile.Scope, user, RefertiModule.Files);
}
