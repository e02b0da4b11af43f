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

/// <summary>Machines prove themselves by <c>Authorization: Bearer KEY</c>, or by <c>X-Api-Key</c> where a system can send only that.</summary>
internal sealed class ApiKeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    UserManagementDb db, Region region, TimeProvider clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
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
        var prefix = ApiKey.PrefixOf(key);
        var candidates = await db.ApiClients.AsNoTracking()
            .Where(c => c.Prefix == prefix && c.RevokedAt == null).ToListAsync(Context.RequestAborted);
        if (candidates.FirstOrDefault(c => ApiKey.Matches(key, c.KeyHash)) is not { } client)
            return AuthenticateResult.Fail("No client has this key.");

        var today = region.DayOf(clock.GetUtcNow());
        if (client.LastUsedOn != today)
        {
            await db.ApiClients.Where(c => c.Id == client.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.LastUsedOn, today), Context.RequestAborted);
        }

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
