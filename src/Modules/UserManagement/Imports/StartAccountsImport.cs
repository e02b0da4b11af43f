using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Imports;

/// <summary>An administrator hands in a list of people and their roles.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record StartAccountsImport : ICommand<Guid>, IAsksProof
{
    public const long LargestFile = 20L * 1024 * 1024;

    /// <summary>Made by the form: sent twice, it is one import.</summary>
    public Guid Id { get; init; }

    public IFormFile? File { get; init; }

    /// <summary>Each new account gets its invitation at once.</summary>
    public bool Invite { get; init; }

    internal sealed class Validator : AbstractValidator<StartAccountsImport>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Il modulo è incompleto: ricarichi la pagina.");
            RuleFor(c => c.File).NotNull().WithMessage("Scelga un file.");
            RuleFor(c => c.File!.Length).LessThanOrEqualTo(LargestFile).When(c => c.File is not null).OverridePropertyName(nameof(File)).WithMessage("Il file supera i 20 MB: lo divida.");
        }
    }

    internal sealed class Handler(ImportDesk<UserManagementDb> desk, AccountsImport import) : IRequestHandler<StartAccountsImport, Guid>
    {
        public async Task<Guid> Handle(StartAccountsImport request, CancellationToken cancellationToken)
        {
            await using var file = request.File!.OpenReadStream();
            return await desk.Receive(import, request.Id, file, request.File.FileName, request.Invite ? AccountsImport.Inviting : null, null, cancellationToken);
        }
    }
}

/// <summary>How far one's file is, and what was wrong with which row; the region's administrator sees all files.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AccountsImportProgress(Guid Id, int Page) : IQuery<ImportProgress>
{
    internal sealed class Handler(ImportDesk<UserManagementDb> desk, Administration administration, ICurrentUser user) : IRequestHandler<AccountsImportProgress, ImportProgress>
    {
        public Task<ImportProgress> Handle(AccountsImportProgress request, CancellationToken cancellationToken) =>
            desk.Progress(desk.Files.Of(administration, user), request.Id, request.Page, cancellationToken);
    }
}

/// <summary>Its refused rows, whole, to be mended.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record RefusedAccounts(Guid Id) : IQuery<RefusedRows>
{
    internal sealed class Handler(ImportDesk<UserManagementDb> desk, Administration administration, ICurrentUser user) : IRequestHandler<RefusedAccounts, RefusedRows>
    {
        public Task<RefusedRows> Handle(RefusedAccounts request, CancellationToken cancellationToken) =>
            desk.Refused(desk.Files.Of(administration, user), request.Id, cancellationToken);
    }
}

/// <summary>One's files of late, newest first.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record RecentAccountsImports : IQuery<IReadOnlyList<RecentImport>>
{
    internal sealed class Handler(ImportDesk<UserManagementDb> desk, Administration administration, ICurrentUser user) : IRequestHandler<RecentAccountsImports, IReadOnlyList<RecentImport>>
    {
        public Task<IReadOnlyList<RecentImport>> Handle(RecentAccountsImports request, CancellationToken cancellationToken) =>
            desk.Recent(desk.Files.Of(administration, user), cancellationToken);
    }
}

internal static class FilesOf
{
    public static IQueryable<ImportedFile> Of(this IQueryable<ImportedFile> files, Administration administration, ICurrentUser user)
    {
        var own = user.Id;
        return administration.OfAll ? files : files.Where(f => f.StartedById == own);
    }
}
