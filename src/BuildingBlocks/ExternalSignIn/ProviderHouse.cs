using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>One provider, as we speak with it: where to send somebody, and whom it says she is.</summary>
internal sealed class ProviderHouse : IIdentityHouse, IDisposable
{
    private const int LargestAnswer = 256 * 1024;

    private readonly HttpClient http;
    private readonly ProviderDocument documents;
    private readonly TimeProvider clock;

    public ProviderHouse(ExternalProvider provider, string? key, TimeProvider clock)
    {
        (Provider, this.clock) = (provider, clock);
        http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(provider.TimeoutSeconds), MaxResponseContentBufferSize = LargestAnswer,
        };
        documents = new(provider, http, clock);
        Proof = new(provider, key);
    }

    public ExternalProvider Provider { get; }

    public ClientProof Proof { get; }

    /// <summary>Where the browser is sent.</summary>
    public async Task<string> Address(Begun begun, AssuranceLevel least, string back, CancellationToken cancellation)
    {
        var document = await documents.Read(cancellation);
        var asked = new Dictionary<string, object?>
        {
            ["response_type"] = "code", ["client_id"] = Provider.ClientId, ["redirect_uri"] = back, ["scope"] = Provider.Scope,
            ["state"] = begun.State, ["nonce"] = begun.Nonce, ["code_challenge"] = begun.Challenge, ["code_challenge_method"] = "S256",
            ["response_mode"] = Provider.ResponseMode, ["prompt"] = Provider.Prompt,
            ["acr_values"] = string.Join(' ', Enum.GetValues<AssuranceLevel>().Where(l => l >= least && l > AssuranceLevel.None).Select(Provider.AcrOf)),
            ["claims"] = document.ClaimsParameterSupported ? Wanted(document) : null,
        }.Where(a => a.Value is not (null or "")).ToDictionary(a => a.Key, a => a.Value!);
        if (Provider.SignedRequest)
        {
            asked = new()
            {
                ["response_type"] = "code", ["client_id"] = Provider.ClientId, ["scope"] = Provider.Scope,
                ["request"] = Proof.Statement(Provider.Issuer, asked, clock.GetUtcNow()),
            };
        }

        return QueryHelpers.AddQueryString(document.AuthorizationEndpoint, asked.Select(a => KeyValuePair.Create<string, string?>(a.Key, a.Value as string ?? JsonSerializer.Serialize(a.Value))));
    }

    /// <summary>Redeems the code and believes nothing that is not signed for this sign-in.</summary>
    /// <exception cref="SignInFailure">Whatever is wrong.</exception>
    public async Task<(string? FiscalNumber, AssuranceLevel Level)> WhoIs(Begun begun, Answer answer, string back, CancellationToken cancellation)
    {
        var document = await documents.Read(cancellation);
        // One provider must not pass another's answer off as its own (RFC 9207).
        if (answer.Issuer is not null && answer.Issuer != Provider.Issuer)
            throw SignInFailure.Untrusted("answer-of-another-issuer");
        var tokens = await Redeem(begun, answer.Code!, back, document, cancellation);
        var token = TokenCheck.Read(Text(tokens, "id_token"));
        document = await documents.With(token.Kid, cancellation);
        await TokenCheck.Signed(token, Provider, document);
        var access = Text(tokens, "access_token");
        TokenCheck.OfThisSignIn(token, Provider, begun, access, clock.GetUtcNow());

        var number = Provider.FiscalClaims.Select(c => token.TryGetPayloadValue(c, out string value) ? value : null).FirstOrDefault(v => v is not null)
            ?? await Asked(token.Subject, access, document, cancellation);
        return (number, Provider.LevelOf(token.TryGetPayloadValue("acr", out string acr) ? acr : null));
    }

    public void Dispose()
    {
        http.Dispose();
        documents.Dispose();
        Proof.Dispose();
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>SPID and CIE give only what is asked for by name.</summary>
    private Dictionary<string, object> Wanted(OpenIdConnectConfiguration document)
    {
        var each = Provider.FiscalClaims.Where(c => document.ClaimsSupported.Count == 0 || document.ClaimsSupported.Contains(c))
            .ToDictionary(c => c, _ => (object)new Dictionary<string, object> { ["essential"] = true });
        return new() { ["id_token"] = each, ["userinfo"] = each };
    }

    private async Task<JsonObject> Redeem(Begun begun, string code, string back, OpenIdConnectConfiguration document, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, document.TokenEndpoint);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = back, ["code_verifier"] = begun.Verifier,
        };
        Proof.Sign(request, form, document, clock.GetUtcNow());
        request.Content = new FormUrlEncodedContent(form);
        var (status, json, _) = await Send(request, cancellation);
        return status is >= 200 and < 300 && json is not null ? json
            : status is >= 400 and < 500 ? throw new SignInFailure(SignInProblem.Declined, "token-" + SafeWord(json is null ? null : Text(json, "error")))
            : throw new SignInFailure(SignInProblem.Unreachable, $"token-status-{status}");
    }

    /// <summary>Where the token leaves out the codice fiscale, it is asked for (userinfo), signed or not, and must be of the same person.</summary>
    private async Task<string?> Asked(string subject, string? access, OpenIdConnectConfiguration document, CancellationToken cancellation)
    {
        if (access is null || !Uri.TryCreate(document.UserInfoEndpoint, UriKind.Absolute, out var there) || !ExternalProvider.IsSafe(there))
            return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, there);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        var (status, json, body) = await Send(request, cancellation);
        if (status is < 200 or >= 300)
            throw new SignInFailure(SignInProblem.Unreachable, $"userinfo-status-{status}");
        JsonWebToken? signed = null;
        if (json is null)
        {
            signed = TokenCheck.Read(body);
            await TokenCheck.Signed(signed, Provider, await documents.With(signed.Kid, cancellation));
        }

        string? Said(string claim) => signed is not null ? signed.TryGetPayloadValue(claim, out string value) ? value : null : Text(json!, claim);
        return Said("sub") == subject ? Provider.FiscalClaims.Select(Said).FirstOrDefault(v => v is not null) : throw SignInFailure.Untrusted("userinfo-of-another");
    }

    private async Task<(int Status, JsonObject? Json, string Body)> Send(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            return ((int)answer.StatusCode, Json(body), body);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new SignInFailure(SignInProblem.Unreachable, "provider-" + failure.GetType().Name);
        }
    }

    private static JsonObject? Json(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What comes from outside goes into the log only if it is a plain word.
    internal static string SafeWord(string? word) => word is not null && Regex.IsMatch(word, "^[a-z_]{1,40}$") ? word : "refused";
}
