using Microsoft.Extensions.DependencyInjection;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Failures;

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
    public async Task InvokeAsync(HttpContext context, CurrentUser user)
    {
        // The page that says the database is away does not ask it who reads the page.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is { OriginalStatusCode: StatusCodes.Status503ServiceUnavailable })
        {
            await next(context);
            return;
        }

        // Asked for only here: who is nobody costs no look at accounts, nor what it takes to be ready for one.
        if (context.User.Identity is { IsAuthenticated: true }
            && await context.RequestServices.GetRequiredService<IIdentitySource>().Of(context.User, context.RequestAborted) is { } identity)
        {
            user.Become(identity, context.Connection.RemoteIpAddress?.ToString(), await context.RequestServices.GetRequiredService<IOpenedPeople>().Of(identity, context.RequestAborted));
        }
        else if (context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Failure is not null && Translation.IsApi(context))
        {
            // A key that is wrong or revoked is told so, also where no key is asked for.
            throw Refusal.Forbidden();
        }

        await next(context);
    }
}
