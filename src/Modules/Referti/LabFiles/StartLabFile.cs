using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.LabMessages;

namespace Platform.Referti.LabFiles;

/// <summary>An operator hands in a file of her laboratory.</summary>
[Requires(RefertiModule.Files)]
internal sealed record StartLabFile : ICommand<Guid>
{
    public const long LargestFile = ImportDesk<RefertiDb>.LargestFile;

    /// <summary>Made by the form: sent twice, it is one file.</summary>
    public Guid Id { get; init; }

    public string? Map { get; init; }
    public IFormFile? File { get; init; }

    internal sealed class Validator : AbstractValidator<StartLabFile>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.File).NotNull().WithMessage("Scelga un file.");
            RuleFor(c => c.File!.Length).LessThanOrEqualTo(LargestFile).When(c => c.File is not null).OverridePropertyName(nameof(File))
                .WithMessage("Il file supera i 500 MB: lo divida, o lo importi da riga di comando.");
        }
    }

    internal sealed class Handler(IMediator mediator) : IRequestHandler<StartLabFile, Guid>
    {
        public async Task<Guid> Handle(StartLabFile request, CancellationToken cancellationToken)
        {
            await using var file = request.File!.OpenReadStream();
            return await mediator.Send(
                new SendLabFile(request.Id, file, request.File.FileName, string.IsNullOrEmpty(request.Map) ? null : request.Map), cancellationToken);
        }
    }
}

/// <summary>The last files that one's laboratory handed in.</summary>
[Requires(RefertiModule.Files)]
internal sealed record RecentLabFiles : IQuery<IReadOnlyList<RecentImport>>
{
    internal sealed class Handler(ImportDesk<RefertiDb> desk, ICurrentUser user) : IRequestHandler<RecentLabFiles, IReadOnlyList<RecentImport>>
    {
        public Task<IReadOnlyList<RecentImport>> Handle(RecentLabFiles request, CancellationToken cancellationToken) =>
            desk.Recent(desk.Files.OfHers(user), cancellationToken);
    }
}
