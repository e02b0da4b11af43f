using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Platform.UserManagement.SecondFactor;

namespace Platform.UserManagement.Sessions;

/// <summary>Somebody has proved her password and is not inside yet: a sealed cookie of a quarter of an hour that opens nothing but the
/// next step.</summary>
internal sealed record PendingSignIn(Guid AccountId, string Stamp, bool CodeProved)
{
    public const string Scheme = "pending-sign-in";

    private const string StampClaim = "stamp";
    private const string ProvedClaim = "code";
    private const string SinceClaim = "since";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "platform-sign-in";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Longest;
        cookie.SlidingExpiration = false;
    }

    public static async Task<PendingSignIn?> Of(HttpContext context)
    {
        var ticket = await context.AuthenticateAsync(Scheme);
        return ticket.Principal is { } who
            && Guid.TryParse(who.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            && who.FindFirstValue(StampClaim) is { } stamp
            && long.TryParse(who.FindFirstValue(SinceClaim), CultureInfo.InvariantCulture, out var since)
            && Now(context) - DateTimeOffset.FromUnixTimeSeconds(since) <= Longest
            ? new(id, stamp, who.HasClaim(ProvedClaim, "proved"))
            : null;
    }

    /// <summary>Inside, or on to the next step.</summary>
    public async Task<IActionResult> Go(HttpContext context, SignInStep next, string back)
    {
        if (next == SignInStep.Done)
        {
            await context.SignOutAsync(Scheme);
            await context.SignInAsync(Session.Scheme, Session.Of(AccountId, Stamp, Now(context)));
            return new LocalRedirectResult(back);
        }

        if (next == SignInStep.Passkey)
            return new LocalRedirectResult("/sign-in?only=true&returnUrl=" + Uri.EscapeDataString(back));
        await context.SignInAsync(Scheme, new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, AccountId.ToString()),
            new(StampClaim, Stamp),
            new(ProvedClaim, CodeProved ? "proved" : "open"),
            new(SinceClaim, Now(context).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ], Scheme)));
        return new LocalRedirectResult(PathOf(next) + "?returnUrl=" + Uri.EscapeDataString(back));
    }

    private static string PathOf(SignInStep step) => step switch
    {
        SignInStep.Code => "/sign-in/code",
        SignInStep.SetUp => "/sign-in/second-factor",
        _ => "/sign-in/new-password",
    };

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
