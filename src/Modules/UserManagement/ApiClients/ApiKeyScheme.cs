using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Platform.BuildingBlocks.Regions;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.ApiClients;

/// <summary>Machines prove themselves by <c>Authorization: Bearer KEY</c>, or by <c>X-Api-Key</c> where a system can send only that; or by a
/// request they sign.</summary>
internal sealed class ApiKeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    UserManagementDb db, SignedRequest signed, Region region, TimeProvider clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "api-key";
    public const string CourtesyHeader = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
            return AuthenticateResult.NoResult();
        // Keys are plain ASCII; of anything else the prefix could end within a character, which no database takes.
        if (!Ascii.IsValid(key))
            return AuthenticateResult.Fail("No client has this key.");
        if (key.Count(c => c == '.') == 2)
        {
            return await signed.ClientOf(Request, key, Context.RequestAborted) is { } signer
                ? await Inside(signer, null) : AuthenticateResult.Fail("The request is not signed as it must be.");
        }

        var (prefix, now) = (ApiKey.PrefixOf(key), clock.GetUtcNow().UtcDateTime);
        var candidates = await db.ApiKeys.AsNoTracking().Where(k => k.Prefix == prefix)
            .Join(db.ApiClients.Where(c => c.RevokedAt == null), k => k.ClientId, c => c.Id, (Key, Client) => new { Key, Client }).ToListAsync(Context.RequestAborted);
        return candidates.FirstOrDefault(c => c.Key.Opens(now) && ApiKey.Matches(key, c.Key.Hash)) is { } found
            ? await Inside(found.Client, found.Key) : AuthenticateResult.Fail("No client has this key.");
    }

    private async Task<AuthenticateResult> Inside(ApiClient client, ApiKeyRow? key)
    {
        var today = region.DayOf(clock.GetUtcNow());
        if (client.LastUsedOn != today)
            await db.ApiClients.Where(c => c.Id == client.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastUsedOn, today), Context.RequestAborted);
        if (key is not null && key.LastUsedOn != today)
            await db.ApiKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedOn, today), Context.RequestAborted);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(Session.OfClient(client)), Name));
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

        var courtesy = request.Headers[CourtesyHeader].ToString().Trim();
        return courtesy.Length > 0 ? courtesy : null;
    }
}
