using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Platform.BuildingBlocks.Security;

/// <summary>Who a proven sign-in is today, with today's assignments: the module that keeps the accounts plugs it in.</summary>
public interface IIdentitySource
{
    /// <returns>Null when the account or key is no longer valid.</returns>
    Task<Identity?> Of(ClaimsPrincipal principal, CancellationToken cancellation);
}

/// <summary>At the door: turns the sign-in of the request into the current user.</summary>
internal sealed class IdentityMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentUser user, IIdentitySource source)
    {
        if (context.User.Identity is { IsAuthenticated: true }
            && await source.Of(context.User, context.RequestAborted) is { } identity)
        {
            user.Become(identity, context.Connection.RemoteIpAddress?.ToString());
        }

        await next(context);
    }
}
