using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.Web;

/// <summary>So many requests a minute for each client of the API, for each address where no client is known
/// (<c>RateLimit:PerMinute</c>, 0 for none); every answer says how many are left, as the Italian API guidelines ask.</summary>
internal sealed class ApiPace(RequestDelegate next, IConfiguration configuration, TimeProvider clock)
{
    private const int Generous = 6000;

    private readonly PerMinute window = new(configuration.GetValue("RateLimit:PerMinute", Generous), clock);

    public Task InvokeAsync(HttpContext context)
    {
        if (window.IsOff || !Translation.IsApi(context))
            return next(context);
        var pace = window.Take(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.Connection.RemoteIpAddress?.ToString() ?? "");
        // At the last moment: an answer of failure begins by clearing the headers.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers["X-RateLimit-Limit"] = window.Limit.ToString(CultureInfo.InvariantCulture);
            headers["X-RateLimit-Remaining"] = pace.Remaining.ToString(CultureInfo.InvariantCulture);
            headers["X-RateLimit-Reset"] = pace.Reset.ToString(CultureInfo.InvariantCulture);
            if (!pace.Allowed)
                headers.RetryAfter = pace.Reset.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        return pace.Allowed
            ? next(context)
            : throw new Refusal("too-many-requests", "Troppe richieste: attenda e riprovi.") { Kind = RefusalKind.TooMany };
    }
}
