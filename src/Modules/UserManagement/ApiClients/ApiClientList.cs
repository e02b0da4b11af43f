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
                .Where(administration.Holds)];
    }
}

/// <summary>The administrator gives the system of a laboratory, of pharmacies or of schools its key. What it is follows from its facilities.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AddApiClient : ICommand<ApiClientCreated>, IAsksProof, IPaced
{
    public string Name { get; init; } = "";

    /// <summary><c>Lab:LAB-001</c></summary>
    public string Scope { get; init; } = "";

    /// <summary>Codes of the other facilities of a chain, one a line.</summary>
    public string Others { get; init; } = "";

    internal sealed class Validator : AbstractValidator<AddApiClient>
    {
        public Validator(Region region, IEnumerable<IMadePlaces> made)
        {
            RuleFor(c => c.Name).NotEmpty().WithMessage("Scriva un nome.").MaximumLength(ApiClient.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Scope).Must(s => AccountChoices.Read(region, s) is { } scope && AccountChoices.OfMachine(scope.Kind) is not null).WithMessage("Scelga la struttura.");
            RuleFor(c => c.Others).CodesOfFacilities(region, made, c => [AccountChoices.Read(region, c.Scope)]);
        }
    }

    internal sealed class Handler(IMediator mediator, Administration administration, Region region, IEnumerable<IMadePlaces> made) : IRequestHandler<AddApiClient, ApiClientCreated>
    {
        public Task<ApiClientCreated> Handle(AddApiClient request, CancellationToken cancellationToken)
        {
            var first = AccountChoices.Read(region, request.Scope)!.Value;
            Assignment[] assignments = [.. FacilityCodes.Read(region, made, request.Others).OfType<Scope>().Prepend(first).Select(s => new Assignment(AccountChoices.OfMachine(s.Kind)!.Value, s))];
            return assignments.All(administration.MayGive)
                ? mediator.Send(new CreateApiClient(request.Name.Trim(), assignments, null), cancellationToken)
                : throw Refusal.NotFound();
        }
    }
}
