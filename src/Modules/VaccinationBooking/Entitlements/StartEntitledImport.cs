using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Entitlements;

/// <summary>The region hands in a list of cards and categories.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record StartEntitledImport : ICommand<Guid>
{
    public const long LargestFile = ImportDesk<VaccinationDb>.LargestFile;

    /// <summary>Made by the form: sent twice, it is one import.</summary>
    public Guid Id { get; init; }

    public IFormFile? File { get; init; }

    internal sealed class Validator : AbstractValidator<StartEntitledImport>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.File).NotNull().WithMessage("Scelga un file.");
        }
    }

    internal sealed class Handler(ImportDesk<VaccinationDb> desk, EntitledImport import) : IRequestHandler<StartEntitledImport, Guid>
    {
        public async Task<Guid> Handle(StartEntitledImport request, CancellationToken cancellationToken)
        {
            await using var file = request.File!.OpenReadStream();
            return await desk.Receive(import, request.Id, file, request.File.FileName, null, null, cancellationToken);
        }
    }
}

/// <summary>How far a list is, and what was wrong with which row.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record EntitledProgress(Guid Id, int Page) : IQuery<ImportProgress>
{
    internal sealed class Handler(ImportDesk<VaccinationDb> desk) : IRequestHandler<EntitledProgress, ImportProgress>
    {
        public Task<ImportProgress> Handle(EntitledProgress request, CancellationToken cancellationToken) => desk.Progress(desk.Files, request.Id, request.Page, cancellationToken);
    }
}

/// <summary>Its refused rows, whole, to be mended.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record RefusedEntitled(Guid Id) : IQuery<RefusedRows>
{
    internal sealed class Handler(ImportDesk<VaccinationDb> desk) : IRequestHandler<RefusedEntitled, RefusedRows>
    {
        public Task<RefusedRows> Handle(RefusedEntitled request, CancellationToken cancellationToken) => desk.Refused(desk.Files, request.Id, cancellationToken);
    }
}

[Requires(VaccinationModule.MayManage)]
internal sealed record RecentEntitled : IQuery<IReadOnlyList<RecentImport>>
{
    internal sealed class Handler(ImportDesk<VaccinationDb> desk) : IRequestHandler<RecentEntitled, IReadOnlyList<RecentImport>>
    {
        public Task<IReadOnlyList<RecentImport>> Handle(RecentEntitled request, CancellationToken cancellationToken) => desk.Recent(desk.Files, cancellationToken);
    }
}
