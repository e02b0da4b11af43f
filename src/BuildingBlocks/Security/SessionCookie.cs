using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.BuildingBlocks.Security;

/// <summary>What every cookie of somebody who has proved something has in common: sealed, out of reach of scripts, ended by idleness and, from
/// its first day on, by its longest life, however often it is used.</summary>
public static class SessionCookie
{
    private const string SinceClaim = "since";

    /// <param name="idle">Without a request, it ends.</param>
    /// <param name="longest">From <see cref="Since"/> on.</param>
    public static void Configure(CookieAuthenticationOptions cookie, string name, TimeSpan idle, TimeSpan longest)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.HttpOnly = true;
        // Lax and no stricter: one comes back from a provider of identity, or from a link in a mail.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = idle;
        cookie.SlidingExpiration = idle < longest;
        cookie.Events.OnValidatePrincipal = context =>
        {
            var now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            if (SinceOf(context.Principal) is not { } since || now - since > longest)
                context.RejectPrincipal();
            return Task.CompletedTask;
        };
    }

    public static Claim Since(DateTimeOffset at) => new(SinceClaim, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    public static DateTimeOffset? SinceOf(ClaimsPrincipal? who) =>
        long.TryParse(who?.FindFirstValue(SinceClaim), CultureInfo.InvariantCulture, out var since) ? DateTimeOffset.FromUnixTimeSeconds(since) : null;
}
