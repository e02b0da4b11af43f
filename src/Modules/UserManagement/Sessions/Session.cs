using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
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
    private const string RoleClaim = "role";
    private const string ScopeClaim = "scope";

    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public static ClaimsPrincipal Of(Guid account, string stamp, DateTimeOffset since) =>
        new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, account.ToString()),
            new(StampClaim, stamp),
            SessionCookie.Since(since),
        ], Scheme));

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

    /// <summary>Today's answer to who this is: a deactivated account or a changed password ends every session at its next request.</summary>
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

            var today = region.DayOf(clock.GetUtcNow());
            var account = await db.Accounts.AsNoTracking()
                .Where(a => a.Id == id && a.DeactivatedAt == null)
                .Select(a => new
                {
                    a.DisplayName,
                    a.SecurityStamp,
                    Assignments = a.Assignments
                        .Where(r => r.State == AssignmentState.Given && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today))
                        .Select(r => new { r.Role, r.ScopeKind, r.ScopeCode }).ToList(),
                })
                .FirstOrDefaultAsync(cancellation);
            return account is null || account.SecurityStamp != principal.FindFirstValue(StampClaim)
                ? null
                : new(id, account.DisplayName, [.. account.Assignments.Select(r => new Assignment(r.Role, new(r.ScopeKind, r.ScopeCode)))]);
        }
    }
}
