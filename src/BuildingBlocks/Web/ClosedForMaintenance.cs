using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>While an announced maintenance keeps the service closed everybody gets the closed sign, machines as problem+json, with the time
/// to come back; who operates the platform goes in, and so can sign in. Health checks answer: a host taken off by its balancer would let
/// nobody in.</summary>
internal sealed class ClosedForMaintenance(RequestDelegate next, IEnumerable<IMaintenanceNotices> notices, TimeProvider clock)
{
    private static readonly string[] Ajar = ["/sign-in", "/sign-out", "/language", "/health", "/error", "/css", "/js", "/lib", "/favicon.svg"];

    public async Task InvokeAsync(HttpContext context, ICurrentUser user, IProblemDetailsService problems, Texts texts)
    {
        if ((!Translation.IsApi(context) && Ajar.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
            || (user.IsSignedIn && user.May(PlatformPermissions.Operate)) || await notices.Closed(context.RequestAborted) is not { } sign)
        {
            await next(context);
            return;
        }

        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((sign.Until - clock.GetUtcNow().UtcDateTime).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (Translation.IsApi(context))
        {
            await problems.WriteAsync(new()
            {
                HttpContext = context,
                ProblemDetails = new ProblemDetails
                {
                    Status = response.StatusCode, Type = "urn:problem:maintenance",
                    Title = texts["Il servizio è chiuso per manutenzione. Ripetere la stessa richiesta più tardi è sicuro."],
                },
            });
            return;
        }

        context.Items[SecurityHeaders.OwnStyle] = sign.Style;
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(sign.Page, context.RequestAborted);
    }
}

internal static class Notices
{
    public static async ValueTask<ClosedSign?> Closed(this IEnumerable<IMaintenanceNotices> notices, CancellationToken cancellation)
    {
        foreach (var source in notices)
        {
            if (await source.Closed(cancellation) is { } sign)
                return sign;
        }

        return null;
    }
}
