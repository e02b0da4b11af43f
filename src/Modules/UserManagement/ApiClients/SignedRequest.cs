using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Net.Http.Headers;
using Platform.BuildingBlocks.Persistence;
using Platform.UserManagement.UsedTokens;

namespace Platform.UserManagement.ApiClients;

/// <summary>Requests signed after the Italian interoperability model (AgID, "Pattern di sicurezza", ID_AUTH_REST_02 and INTEGRITY_REST_02):
/// a JWT in <c>Authorization</c> says who, and one in <c>Agid-JWT-Signature</c> seals the body by its digest. Each is for this audience, short-lived
/// and taken once, on whichever host it comes.</summary>
internal sealed class SignedRequest(UserManagementDb db, IDatabaseEngine engine, IConfiguration configuration, TimeProvider clock)
{
    public const string SignatureHeader = "Agid-JWT-Signature";
    private const string DigestHeader = "Digest";
    private const int LongestJti = 200;

    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "ES512"];

    private string Audience => (configuration["Platform:Address"] ?? "").TrimEnd('/');

    /// <returns>Null where anything of it is not as it must be.</returns>
    public async Task<ApiClient?> ClientOf(HttpRequest request, string token, CancellationToken cancellation)
    {
        if (await Proved(token, null, cancellation) is not { } who)
            return null;
        var once = new List<JsonWebToken> { who.Token };
        var seal = request.Headers[SignatureHeader].ToString();
        // Without its seal, a body could be put in the place of another.
        if (seal.Length > 0 || HasBody(request))
        {
            if (await Proved(seal, who.Client.Id, cancellation) is not { } sealing || !await Seals(sealing.Token, request, cancellation))
                return null;
            // The model lets one token serve both headers.
            if (sealing.Token.Id != who.Token.Id)
                once.Add(sealing.Token);
        }

        foreach (var taken in once)
        {
            if (!await db.TakeOnce(engine, UsedToken.KeyOf("jwt " + who.Client.Id, taken.Id), taken.ValidTo + Skew, cancellation))
                return null;
        }

        return who.Client;
    }

    private async Task<(ApiClient Client, JsonWebToken Token)?> Proved(string text, Guid? client, CancellationToken cancellation)
    {
        var handler = new JsonWebTokenHandler { MaximumTokenSizeInBytes = 16 * 1024 };
        if (!handler.CanReadToken(text) || Read(handler, text) is not { Kid: { Length: > 0 and <= SigningKey.KidLength } kid } token)
            return null;
        var found = await db.SigningKeys.AsNoTracking().Where(k => k.Kid == kid && k.RevokedAt == null)
            .Join(db.ApiClients, k => k.ClientId, c => c.Id, (k, c) => new { k.Pem, Client = c }).FirstOrDefaultAsync(cancellation);
        if (found?.Client is not { RevokedAt: null } owner || client is { } same && owner.Id != same || SigningKeys.Read(found.Pem) is not { } key)
            return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var result = await handler.ValidateTokenAsync(text, new()
        {
            IssuerSigningKey = key, ValidAlgorithms = Algorithms, ValidAudience = Audience, ValidateIssuer = false, RequireExpirationTime = true, RequireSignedTokens = true,
            LifetimeValidator = (from, to, _, _) => to > now - Skew && (from is null || from <= now + Skew),
        });
        return result.IsValid && token.Id is { Length: > 0 and <= LongestJti } && token.IssuedAt > DateTime.MinValue
            && token.IssuedAt <= now + Skew && token.ValidTo - token.IssuedAt <= LongestLife ? (owner, token) : null;
    }

    private static JsonWebToken? Read(JsonWebTokenHandler handler, string text)
    {
        try
        {
            return handler.ReadJsonWebToken(text);
        }
        catch (Exception wrong) when (wrong is ArgumentException or SecurityTokenException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The headers it lists are those of the request, the digest among them, and the digest is the body's.</summary>
    private static async Task<bool> Seals(JsonWebToken token, HttpRequest request, CancellationToken cancellation)
    {
        if (!token.TryGetPayloadValue<JsonElement>("signed_headers", out var list) || list.ValueKind != JsonValueKind.Array)
            return false;
        var sealedDigest = false;
        foreach (var (name, value) in list.EnumerateArray().Where(h => h.ValueKind == JsonValueKind.Object)
            .SelectMany(h => h.EnumerateObject()).Where(h => h.Value.ValueKind == JsonValueKind.String).Select(h => (h.Name, h.Value.GetString()!)))
        {
            if (request.Headers[name].ToString() != value)
                return false;
            sealedDigest |= name.Equals(DigestHeader, StringComparison.OrdinalIgnoreCase);
        }

        request.EnableBuffering();
        var digest = "SHA-256=" + Convert.ToBase64String(await SHA256.HashDataAsync(request.Body, cancellation));
        request.Body.Position = 0;
        return sealedDigest && request.Headers[DigestHeader].ToString() == digest;
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.ContainsKey(HeaderNames.TransferEncoding);
}
