using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.Web;

/// <summary>So many requests in a window for each client of the API, for each address where no client is known; every answer says how many
/// are left, as the Italian API guidelines ask. <c>RateLimit:PerMinute</c> (0 for none) is everybody's limit,
/// <c>RateLimit:Clients:ID</c> a client's own, <c>RateLimit:WindowSeconds</c> another window than a minute; where a
/// <see cref="PublicQuota"/> stands, who is not known counts by it alone. See docs/accounts.md.</summary>
internal sealed class ApiPace(RequestDelegate next, IConfiguration configuration, TimeProvider clock)
{
    private const int Generous = 6000;

    private readonly CountedWindow window = new(
        configuration.GetValue("RateLimit:PerMinute", Generous), clock, Math.Max(1, configuration.GetValue("RateLimit:WindowSeconds", 60)));

    private readonly Dictionary<string, int> own = configuration.GetSection("RateLimit:Clients").GetChildren()
        .ToDictionary(c => c.Key, c => configuration.GetValue<int>(c.Path), StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if (!Translation.IsApi(context) || (window.IsOff && own.Count == 0))
            return next(context);
        var client = context.User.FindFirstValue(ClaimTypes.NameIdentifier);
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var quota = client is null && !window.IsOff ? context.GetEndpoint()?.Metadata.GetMetadata<PublicQuota>() : null;
        var most = quota is not null ? configuration.GetValue(quota.Setting, quota.Otherwise)
            : client is not null && own.TryGetValue(client, out var agreed) ? agreed : window.Limit;
        if (most <= 0)
            return next(context);
        var pace = window.Take(quota is null ? client ?? address : quota.Setting + address, most);
        // At the last moment: an answer of failure begins by clearing the headers.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers["X-RateLimit-Limit"] = most.ToString(CultureInfo.InvariantCulture);
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
