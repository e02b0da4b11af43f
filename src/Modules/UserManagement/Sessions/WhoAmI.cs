using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Sessions;

/// <summary>A machine asks whether its key works, and for whom.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record WhoAmI : IQuery<WhoAmIAnswer>
{
    internal sealed class Handler(ICurrentUser user) : IRequestHandler<WhoAmI, WhoAmIAnswer>
    {
        public Task<WhoAmIAnswer> Handle(WhoAmI request, CancellationToken cancellationToken) =>
            Task.FromResult(new WhoAmIAnswer(user.DisplayName,
                [.. user.Assignments.Select(a => new WhoAmIAssignment(a.Role, a.Scope.Kind, a.Scope.Code))]));
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/me", (IMediator mediator, CancellationToken cancellation) => mediator.Send(new WhoAmI(), cancellation))
                .WithSummary("Whom the key belongs to");
    }
}

internal sealed record WhoAmIAnswer(string Name, IReadOnlyList<WhoAmIAssignment> Assignments);

internal sealed record WhoAmIAssignment(Role Role, ScopeKind Kind, string Code);
