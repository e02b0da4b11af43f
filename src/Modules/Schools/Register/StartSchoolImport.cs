using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Schools.Register;

internal enum RegisterKind
{
    Schools,
    Classes,
}

/// <summary>The region hands in the ministry's list of schools, or of classes.</summary>
[Requires(SchoolsModule.MayImport)]
internal sealed record StartSchoolImport : ICommand<Guid>
{
    public const long LargestFile = ImportDesk<SchoolsDb>.LargestFile;

    /// <summary>Made by the form: sent twice, it is one import.</summary>
    public Guid Id { get; init; }

    public RegisterKind Kind { get; init; }
    public IFormFile? File { get; init; }

    internal sealed class Validator : AbstractValidator<StartSchoolImport>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.Kind).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(c => c.File).NotNull().WithMessage("Scelga un file.");
        }
    }

    internal sealed class Handler(ImportDesk<SchoolsDb> desk, SchoolsImport schools, ClassesImport classes) : IRequestHandler<StartSchoolImport, Guid>
    {
        public async Task<Guid> Handle(StartSchoolImport request, CancellationToken cancellationToken)
        {
            await using var file = request.File!.OpenReadStream();
            StagedImport import = request.Kind == RegisterKind.Schools ? schools : classes;
            return await desk.Receive(import, request.Id, file, request.File.FileName, null, null, cancellationToken);
        }
    }
}

/// <summary>How far a file is, and what was wrong with which row.</summary>
[Requires(SchoolsModule.MayImport)]
internal sealed record SchoolImportProgress(Guid Id, int Page) : IQuery<ImportProgress>
{
    internal sealed class Handler(ImportDesk<SchoolsDb> desk) : IRequestHandler<SchoolImportProgress, ImportProgress>
    {
        public Task<ImportProgress> Handle(SchoolImportProgress request, CancellationToken cancellationToken) => desk.Progress(desk.Files, request.Id, request.Page, cancellationToken);
    }
}

/// <summary>Its refused rows, whole, to be mended.</summary>
[Requires(SchoolsModule.MayImport)]
internal sealed record RefusedSchools(Guid Id) : IQuery<RefusedRows>
{
    internal sealed class Handler(ImportDesk<SchoolsDb> desk) : IRequestHandler<RefusedSchools, RefusedRows>
    {
        public Task<RefusedRows> Handle(RefusedSchools request, CancellationToken cancellationToken) => desk.Refused(desk.Files, request.Id, cancellationToken);
    }
}

[Requires(SchoolsModule.MayImport)]
internal sealed record RecentSchoolFiles : IQuery<IReadOnlyList<RecentImport>>
{
    internal sealed class Handler(ImportDesk<SchoolsDb> desk) : IRequestHandler<RecentSchoolFiles, IReadOnlyList<RecentImport>>
    {
        public Task<IReadOnlyList<RecentImport>> Handle(RecentSchoolFiles request, CancellationToken cancellationToken) => desk.Recent(desk.Files, cancellationToken);
    }
}
