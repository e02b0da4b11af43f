using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.SecondFactor;

namespace Platform.UserManagement.Sessions;

/// <summary>Somebody has proved her password and is not inside yet: a sealed cookie of a quarter of an hour that opens nothing but the
/// next step.</summary>
internal sealed record PendingSignIn(Guid AccountId, string Stamp, bool CodeProved)
{
    public const string Scheme = "pending-sign-in";

    private const string StampClaim = "stamp";
    private const string ProvedClaim = "code";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public static void Configure(CookieAuthenticationOptions cookie) => SessionCookie.Configure(cookie, "platform-sign-in", Longest, Longest);

    public static async Task<PendingSignIn?> Of(HttpContext context)
    {
        var ticket = await context.AuthenticateAsync(Scheme);
        return ticket.Principal is { } who
            && Guid.TryParse(who.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            && who.FindFirstValue(StampClaim) is { } stamp
            ? new(id, stamp, who.HasClaim(ProvedClaim, "proved"))
            : null;
    }

    /// <summary>The account as long as it is the one that proved its password: active, and with the same security stamp.</summary>
    public Task<Account?> AccountIn(UserManagementDb db, CancellationToken cancellation) =>
        db.Accounts.FirstOrDefaultAsync(a => a.Id == AccountId && a.SecurityStamp == Stamp && a.DeactivatedAt == null, cancellation);

    /// <summary>Inside, or on to the next step.</summary>
    public async Task<IActionResult> Go(HttpContext context, SignInStep next, string back)
    {
        if (next == SignInStep.Done)
        {
            await context.SignOutAsync(Scheme);
            await Session.Open(context, AccountId, Stamp);
            return new LocalRedirectResult(back);
        }

        if (next == SignInStep.Passkey)
            return new LocalRedirectResult("/sign-in?only=true&returnUrl=" + Uri.EscapeDataString(back));
        await context.SignInAsync(Scheme, new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, AccountId.ToString()),
            new(StampClaim, Stamp),
            new(ProvedClaim, CodeProved ? "proved" : "open"),
            SessionCookie.Since(Now(context)),
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
