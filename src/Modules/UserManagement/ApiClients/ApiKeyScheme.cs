using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.ApiClients;

/// <summary>Machines prove themselves by <c>Authorization: Bearer KEY</c>, or by <c>X-Api-Key</c> where a system can send only that; or by a
/// request they sign.</summary>
internal sealed class ApiKeyScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "api-key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
            return AuthenticateResult.NoResult();
        // Asked for only here: citizens' requests come by the same road in thousands a second, and none has a key.
        var client = await Context.RequestServices.GetRequiredService<KnownClients>().Find(Request, key, Context.RequestAborted);
        return client is null
            ? AuthenticateResult.Fail("No client has this key, or the request is not signed as it must be.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(Session.OfClient(client)), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private static string? KeyOf(HttpRequest request)
    {
        if (AuthenticationHeaderValue.TryParse(request.Headers[HeaderNames.Authorization], out var header)
            && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(header.Parameter))
        {
            return header.Parameter.Trim();
        }

        var courtesy = request.Headers[WebComposition.CourtesyKeyHeader].ToString().Trim();
        return courtesy.Length > 0 ? courtesy : null;
    }
}

/// <summary>Whose key is that, or whose signature?</summary>
internal sealed class KnownClients(UserManagementDb db, SignedRequest signed, Region region, TimeProvider clock)
{
    /// <returns>Null for a key that is nobody's, revoked or expired, and for a signature that does not hold.</returns>
    public async Task<ApiClient?> Find(HttpRequest request, string key, CancellationToken cancellation)
    {
        // Keys are plain ASCII; of anything else the prefix could end within a character, which no database takes.
        if (!Ascii.IsValid(key))
            return null;
        if (key.Count(c => c == '.') == 2)
            return await signed.ClientOf(request, key, cancellation) is { } signer ? await Used(signer, null, cancellation) : null;

        var (prefix, now) = (ApiKey.PrefixOf(key), clock.GetUtcNow().UtcDateTime);
        var candidates = await db.ApiKeys.AsNoTracking().Where(k => k.Prefix == prefix)
            .Join(db.ApiClients.Where(c => c.RevokedAt == null), k => k.ClientId, c => c.Id, (Key, Client) => new { Key, Client }).ToListAsync(cancellation);
        return candidates.FirstOrDefault(c => c.Key.Opens(now) && ApiKey.Matches(key, c.Key.Hash)) is { } found
            ? await Used(found.Client, found.Key, cancellation) : null;
    }

    private async Task<ApiClient> Used(ApiClient client, ApiKeyRow? key, CancellationToken cancellation)
    {
        var today = region.DayOf(clock.GetUtcNow());
        if (client.LastUsedOn != today)
            await db.ApiClients.Where(c => c.Id == client.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastUsedOn, today), cancellation);
        if (key is not null && key.LastUsedOn != today)
            await db.ApiKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedOn, today), cancellation);
        return client;
    }
}
