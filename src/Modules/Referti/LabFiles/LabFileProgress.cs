using MediatR;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.LabFiles;

/// <summary>How far a file is, what became of its rows, and what is wrong with which. Asked by an operator or by the system
/// that sent it.</summary>
[Requires(RefertiModule.Files)]
internal sealed record LabFileProgress(Guid Id, int Page) : IQuery<ImportProgress>
{
    internal sealed class Handler(ImportDesk<RefertiDb> desk, ICurrentUser user) : IRequestHandler<LabFileProgress, ImportProgress>
    {
        public Task<ImportProgress> Handle(LabFileProgress request, CancellationToken cancellationToken) =>
            desk.Progress(desk.Files.OfHers(user), request.Id, request.Page, cancellationToken);
    }
}

/// <summary>The rows that were refused, whole, to be mended and sent again.</summary>
[Requires(RefertiModule.Files)]
internal sealed record RefusedLabRows(Guid Id) : IQuery<RefusedRows>
{
    internal sealed class Handler(ImportDesk<RefertiDb> desk, ICurrentUser user) : IRequestHandler<RefusedLabRows, RefusedRows>
    {
        public Task<RefusedRows> Handle(RefusedLabRows request, CancellationToken cancellationToken) =>
            desk.Refused(desk.Files.OfHers(user), request.Id, cancellationToken);
    }
}

/// <summary>As a system asks for it.</summary>
/// <param name="Lines">Read from the file so far.</param>
/// <param name="Done">Of those, dealt with.</param>
/// <param name="Known">Rows that had come before, in this file or another.</param>
internal sealed record LabFileProgressAnswer(
    Guid Id, string FileName, string Format, DateTime StartedAt, int Lines, int Done, int Released, int Repeated, int Waiting, int Known, int Refused, bool Finished,
    int Percent, Listing<ImportFaultRow> Faults)
{
    public static LabFileProgressAnswer Of(ImportProgress progress) => new(
        progress.File.Id, progress.File.FileName, progress.File.Format!, progress.File.StartedAt, progress.Lines, progress.Done, progress.Counts[0].Rows, progress.Counts[1].Rows,
        progress.Counts[2].Rows, progress.Counts[3].Rows, progress.Refused, progress.Finished, progress.Percent, progress.Faults);
}

internal static class LabFilesOfHers
{
    /// <summary>Of the laboratory whose results she enters, or whose system this is.</summary>
    public static IQueryable<ImportedFile> OfHers(this IQueryable<ImportedFile> files, ICurrentUser user) =>
        files.Within(LabFileImport.Scope, user, RefertiModule.Files);
}
