using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.ApiClients;

namespace Platform.UserManagement.Sessions;

/// <summary>What a sign-in cookie says: who, since when, and under which security stamp.</summary>
internal static class Session
{
    public const string Scheme = "session";
    public const string CookieName = "platform-session";

    private const string StampClaim = "stamp";
    private const string SessionClaim = "session";
    private const string RoleClaim = "role";
    private const string ScopeClaim = "scope";

    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>She is inside from this moment on, in this browser.</summary>
    public static async Task Open(HttpContext context, Guid account, string stamp)
    {
        var services = context.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var session = new OpenSession
        {
            Id = Guid.CreateVersion7(now), AccountId = account, Stamp = stamp, OpenedAt = now.UtcDateTime, SeenAt = now.UtcDateTime, ProvedAt = now.UtcDateTime,
            Address = context.Connection.RemoteIpAddress?.ToString(), Browser = OpenSession.NameOf(context.Request.Headers.UserAgent),
        };
        var db = services.GetRequiredService<UserManagementDb>();
        db.Sessions.Add(session);
        await db.SaveChangesAsync(context.RequestAborted);
        await context.SignInAsync(Scheme, new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, account.ToString()),
            new(StampClaim, stamp),
            new(SessionClaim, session.Id.ToString()),
            SessionCookie.Since(now),
        ], Scheme)));
    }

    public static Guid? IdOf(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(SessionClaim), out var id) ? id : null;

    public static string? StampOf(ClaimsPrincipal principal) => principal.FindFirstValue(StampClaim);

    /// <summary>The key was looked up in this very request: the assignments travel with it.</summary>
    public static ClaimsIdentity OfClient(ApiClient client) =>
        new(
        [
            new(ClaimTypes.NameIdentifier, client.Id.ToString()),
            new(ClaimTypes.Name, client.Name),
            new(RoleClaim, client.Role.ToString()),
            .. client.Scopes.Select(s => new Claim(ScopeClaim, $"{s.Kind}:{s.Code}")),
        ], ApiKeyScheme.Name);

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        SessionCookie.Configure(cookie, CookieName, Idle, Longest);
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/error/403";
    }

    /// <summary>Today's answer to who this is: a deactivated account, a changed password or a session that was ended is out at the next request.</summary>
    internal sealed class IdentitySource(UserManagementDb db, Region region, TimeProvider clock) : IIdentitySource
    {
        public async Task<Identity?> Of(ClaimsPrincipal principal, CancellationToken cancellation)
        {
            if (!Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
                return null;
            if (principal.Identity?.AuthenticationType == ApiKeyScheme.Name)
            {
                var role = Enum.Parse<Role>(principal.FindFirstValue(RoleClaim)!);
                return new(id, principal.FindFirstValue(ClaimTypes.Name)!, [.. principal.FindAll(ScopeClaim).Select(c => c.Value.Split(':', 2))
                    .Select(s => new Assignment(role, new(Enum.Parse<ScopeKind>(s[0]), s[1])))]);
            }

            var now = clock.GetUtcNow();
            var (today, session) = (region.DayOf(now), IdOf(principal));
            var account = await db.Accounts.AsNoTracking()
                .Where(a => a.Id == id && a.DeactivatedAt == null)
                .Select(a => new
                {
                    a.DisplayName,
                    a.SecurityStamp,
                    SeenAt = db.Sessions.Where(s => s.Id == session && s.AccountId == a.Id).Select(s => (DateTime?)s.SeenAt).FirstOrDefault(),
                    ProvedAt = db.Sessions.Where(s => s.Id == session && s.AccountId == a.Id).Select(s => (DateTime?)s.ProvedAt).FirstOrDefault(),
                    Assignments = a.Assignments
                        .Where(r => r.State == AssignmentState.Given && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today))
                        .Select(r => new { r.Role, r.ScopeKind, r.ScopeCode }).ToList(),
                })
                .FirstOrDefaultAsync(cancellation);
            if (account is not { SeenAt: { } seen } || account.SecurityStamp != principal.FindFirstValue(StampClaim))
                return null;
            if (now.UtcDateTime - seen > OpenSession.Between)
                await db.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now.UtcDateTime), cancellation);
            return new(id, account.DisplayName, [.. account.Assignments.Select(r => new Assignment(r.Role, new(r.ScopeKind, r.ScopeCode)))]) { ProvedAt = account.ProvedAt };
        }
    }
}
