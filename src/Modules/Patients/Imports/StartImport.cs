using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Imports;

/// <summary>What the file is a list of.</summary>
internal enum ImportKind
{
    People,
    Doctors,
}

/// <summary>An administrator hands in a file.</summary>
[Requires(PatientsModule.Import)]
internal sealed record StartImport : ICommand<Guid>
{
    public const long LargestFile = ImportDesk<PatientsDb>.LargestFile;

    /// <summary>Made by the form: sent twice, it is one import.</summary>
    public Guid Id { get; init; }

    public ImportKind Kind { get; init; }
    public IFormFile? File { get; init; }

    internal sealed class Validator : AbstractValidator<StartImport>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Il modulo è incompleto: ricarichi la pagina.");
            RuleFor(c => c.Kind).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(c => c.File).NotNull().WithMessage("Scelga un file.");
            RuleFor(c => c.File!.Length).LessThanOrEqualTo(LargestFile).When(c => c.File is not null).OverridePropertyName(nameof(File))
                .WithMessage("Il file supera i 500 MB: lo divida, o lo importi dalla riga di comando del server.");
        }
    }

    internal sealed class Handler(ImportDesk<PatientsDb> desk, PeopleImport people, DoctorsImport doctors) : IRequestHandler<StartImport, Guid>
    {
        public async Task<Guid> Handle(StartImport request, CancellationToken cancellationToken)
        {
            await using var file = request.File!.OpenReadStream();
            StagedImport import = request.Kind == ImportKind.People ? people : doctors;
            return await desk.Receive(import, request.Id, file, request.File.FileName, null, null, cancellationToken);
        }
    }
}

/// <summary>The imports of late, newest first.</summary>
[Requires(PatientsModule.Import)]
internal sealed record RecentFiles : IQuery<IReadOnlyList<RecentImport>>
{
    internal sealed class Handler(ImportDesk<PatientsDb> desk) : IRequestHandler<RecentFiles, IReadOnlyList<RecentImport>>
    {
        public Task<IReadOnlyList<RecentImport>> Handle(RecentFiles request, CancellationToken cancellationToken) => desk.Recent(desk.Files, cancellationToken);
    }
}
