using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;

namespace Platform.UserManagement.ApiClients;

/// <summary>The machines that may call the API for the organisations that the asker administers, those in use first.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record ApiClientList : IQuery<IReadOnlyList<ApiClient>>
{
    internal sealed class Handler(UserManagementDb db, Administration administration) : IRequestHandler<ApiClientList, IReadOnlyList<ApiClient>>
    {
        public async Task<IReadOnlyList<ApiClient>> Handle(ApiClientList request, CancellationToken cancellationToken) =>
            [.. (await db.ApiClients.AsNoTracking().OrderBy(c => c.RevokedAt != null).ThenBy(c => c.Name).ToListAsync(cancellationToken))
                .Where(c => administration.Holds(c.Assignment.Scope))];
    }
}

/// <summary>The administrator gives a laboratory's system its key.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AddApiClient : ICommand<ApiClientCreated>
{
    public string Name { get; init; } = "";

    /// <summary><c>Lab:LAB-001</c></summary>
    public string Scope { get; init; } = "";

    internal sealed class Validator : AbstractValidator<AddApiClient>
    {
        public Validator(Region region)
        {
            RuleFor(c => c.Name).NotEmpty().WithMessage("Scriva un nome.").MaximumLength(ApiClient.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Scope).Must(s => AccountChoices.Read(region, s)?.Kind == ScopeKind.Lab).WithMessage("Scelga il laboratorio.");
        }
    }

    internal sealed class Handler(IMediator mediator, Administration administration, Region region) : IRequestHandler<AddApiClient, ApiClientCreated>
    {
        public Task<ApiClientCreated> Handle(AddApiClient request, CancellationToken cancellationToken)
        {
            var assignment = new Assignment(Role.LabImport, AccountChoices.Read(region, request.Scope)!.Value);
            return administration.MayGive(assignment)
                ? mediator.Send(new CreateApiClient(request.Name.Trim(), assignment, null), cancellationToken)
                : throw Refusal.NotFound();
        }
    }
}
