using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IdentityProvider;

// A provider of identities of its own for the tests and for trying out: a process that speaks OpenID Connect with the claims of SPID and
// CIE, believes whatever codice fiscale one types, and answers wrongly in the way that one chooses (docs/operations/external-sign-in.md).
// Usage: IdentityProvider [--client ID] [--secret SECRET | --client-key PUBLIC.pem] [--signed-request true] [--now 2021-11-15T09:00:00Z] [--slow SECONDS] [--urls http://127.0.0.1:0]
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
var app = builder.Build();
var client = app.Configuration["client"] ?? "platform";
var secret = app.Configuration["secret"] ?? "a secret of the tests";
var clientKey = app.Configuration["client-key"] is { } file ? File.ReadAllText(file) : null;
var mustSign = app.Configuration.GetValue("signed-request", false);
var slow = TimeSpan.FromSeconds(app.Configuration.GetValue("slow", 0));
// The clock of the tests stands still, so this one does too.
var fixedNow = app.Configuration["now"] is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
var keys = new Keys();
var asked = new ConcurrentDictionary<string, Asked>();
var granted = new ConcurrentDictionary<string, Granted>();
var used = new ConcurrentDictionary<string, bool>();

DateTimeOffset Now() => fixedNow ?? TimeProvider.System.GetUtcNow();
string Issuer(HttpRequest request) => $"{request.Scheme}://{request.Host}";

app.Use(async (context, next) =>
{
    // Slow to answer, for the test of the time-out: the client gives up, nobody waits for it.
    await Task.Delay(slow, context.RequestAborted);
    await next();
});

app.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Results.Json(new Dictionary<string, object>
{
    ["issuer"] = Issuer(request),
    ["authorization_endpoint"] = Issuer(request) + "/authorize",
    ["token_endpoint"] = Issuer(request) + "/token",
    ["userinfo_endpoint"] = Issuer(request) + "/userinfo",
    ["jwks_uri"] = Issuer(request) + "/jwks",
    ["response_types_supported"] = new[] { "code" },
    ["response_modes_supported"] = new[] { "form_post", "query" },
    ["subject_types_supported"] = new[] { "pairwise" },
    ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
    ["token_endpoint_auth_methods_supported"] = new[] { clientKey is null ? "client_secret_basic" : "private_key_jwt" },
    ["code_challenge_methods_supported"] = new[] { "S256" },
    ["claims_parameter_supported"] = true,
}));
app.MapGet("/jwks", () => Results.Json(keys.Published()));
app.MapPost("/rotate", () => keys.Rotate());

app.MapGet("/authorize", (HttpRequest request) =>
{
    var signed = clientKey is not null && Clients.Claims(request.Query["request"].ToString(), clientKey) is { } claims && claims.GetProperty("aud").GetString() == Issuer(request) ? claims : (JsonElement?)null;
    if (mustSign && signed is null)
        return Results.BadRequest("The request must be signed.");
    string Of(string name) => signed is { } said ? said.TryGetProperty(name, out var value) ? value.ToString() : "" : request.Query[name].ToString();
    if (Of("client_id") != client || Of("response_type") != "code" || Of("code_challenge_method") != "S256" || Of("code_challenge").Length < 43
        || Of("state").Length < 32 || Of("nonce").Length < 32 || !Of("scope").Split(' ').Contains("openid")
        || !Uri.TryCreate(Of("redirect_uri"), UriKind.Absolute, out var back) || back.AbsolutePath != "/sign-in/external/callback" || !back.IsLoopback)
        return Results.BadRequest("This request is not one of a registered client, or not one of the code flow with PKCE, state and nonce.");
    var id = Pages.Random();
    asked[id] = new(Of("redirect_uri"), Of("state"), Of("nonce"), Of("code_challenge"), Of("response_mode"));
    return Results.Content(Pages.SignIn(Issuer(request), id, Of("acr_values").Split(' ')[0]), "text/html; charset=utf-8");
});

app.MapPost("/authorize", async (HttpRequest request) =>
{
    var form = await request.ReadFormAsync();
    if (!asked.TryRemove(form["request"].ToString(), out var question))
        return Results.BadRequest("No such request.");
    var fault = form["fault"].ToString();
    var answer = new Dictionary<string, string> { ["state"] = fault == "other-state" ? Pages.Random() : question.State };
    if (fault == "other-issuer")
        answer["iss"] = "https://elsewhere.example";
    if (form["action"] == "cancel")
        answer["error"] = "access_denied";
    else if (fault is "server_error" or "invalid_scope")
        answer["error"] = fault;
    else
    {
        answer["code"] = Pages.Random();
        granted[answer["code"]] = new(question, form["fiscal"].ToString().Trim().ToUpperInvariant(), form["level"].ToString(), fault);
        used[answer["code"]] = fault == "used-code";
    }

    return question.Mode == "form_post"
        ? Results.Content(Pages.Post(question.Back, answer), "text/html; charset=utf-8")
        : Results.Redirect(question.Back + "?" + string.Join('&', answer.Select(a => $"{a.Key}={Uri.EscapeDataString(a.Value)}")));
});

app.MapPost("/token", async (HttpRequest request) =>
{
    var form = await request.ReadFormAsync();
    IResult Refuse(string error, int status = 400) => Results.Json(new { error }, statusCode: status);
    if (!(clientKey is null ? Clients.HasSecret(request, client, secret) : Clients.HasSigned(form, client, clientKey, Issuer(request) + "/token", Now())))
        return Refuse("invalid_client", 401);
    var code = form["code"].ToString();
    if (!granted.TryGetValue(code, out var grant) || !used.TryUpdate(code, true, false) || form["grant_type"] != "authorization_code"
        || form["redirect_uri"] != grant.Question.Back || Pages.Hash(form["code_verifier"].ToString()) != grant.Question.Challenge)
        return Refuse("invalid_grant");
    if (grant.Fault == "broken")
        return Results.StatusCode(500);
    if (grant.Fault == "garbage")
        return Results.Text("<html>Maintenance</html>");
    var access = code;
    return Results.Json(new { access_token = access, token_type = "Bearer", expires_in = 60, id_token = Tokens.Make(keys, grant, access, Issuer(request), client, secret, Now()) });
});

app.MapGet("/userinfo", (HttpRequest request) =>
{
    var access = request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
    if (!granted.TryGetValue(access, out var grant))
        return Results.Unauthorized();
    var said = new Dictionary<string, object> { ["sub"] = grant.Fault == "userinfo-of-another" ? "another" : Tokens.SubjectOf(grant.Fiscal) };
    if (grant.Fault.StartsWith("userinfo", StringComparison.Ordinal))
        said["https://attributes.spid.gov.it/fiscalNumber"] = "TINIT-" + grant.Fiscal;
    if (grant.Fault != "userinfo-signed")
        return Results.Json(said);
    (said["iss"], said["aud"]) = (Issuer(request), client);
    return Results.Text(keys.Sign(said), "application/jwt");
});
app.Run();

namespace IdentityProvider
{
    internal sealed record Asked(string Back, string State, string Nonce, string Challenge, string Mode);

    internal sealed record Granted(Asked Question, string Fiscal, string Level, string Fault);

    internal static class Pages
    {
        private static readonly string[] Faults =
        [
            "", "wrong-key", "unknown-key", "unsigned", "shared-secret", "wrong-issuer", "wrong-audience", "other-party", "wrong-nonce", "expired", "of-yesterday", "of-tomorrow",
            "wrong-access-hash", "no-level", "unknown-level", "no-fiscal-number", "foreign-fiscal-number", "wrong-fiscal-number", "userinfo", "userinfo-signed", "userinfo-of-another",
            "other-state", "other-issuer", "used-code", "broken", "garbage", "server_error", "invalid_scope",
        ];

        public static string SignIn(string issuer, string id, string level) => $"""
            <!DOCTYPE html><html lang="it"><head><meta charset="utf-8"><title>Identità di prova</title></head><body><main><h1>Identità di prova</h1>
            <form method="post" action="{issuer}/authorize"><input type="hidden" name="request" value="{id}">
            <p><label for="fiscal">Codice fiscale</label> <input id="fiscal" name="fiscal"></p>
            <p><label for="level">Livello</label> <select id="level" name="level">{string.Concat(Enumerable.Range(1, 3).Select(l => $"<option{(level.EndsWith("L" + l, StringComparison.Ordinal) ? " selected" : "")}>{l}</option>"))}</select></p>
            <p><label for="fault">Difetto</label> <select id="fault" name="fault">{string.Concat(Faults.Select(f => $"<option>{f}</option>"))}</select></p>
            <p><button name="action" value="enter">Entra</button> <button name="action" value="cancel">Annulla</button></p>
            </form></main></body></html>
            """;

        public static string Post(string back, Dictionary<string, string> answer) => $"""
            <!DOCTYPE html><html lang="it"><head><meta charset="utf-8"><title>Identità di prova</title></head><body><main>
            <form method="post" action="{WebUtility.HtmlEncode(back)}">{string.Concat(answer.Select(a => $"<input type=\"hidden\" name=\"{a.Key}\" value=\"{WebUtility.HtmlEncode(a.Value)}\">"))}
            <button>Continua</button></form><script>document.forms[0].submit()</script></main></body></html>
            """;

        public static string Random() => Base64(RandomNumberGenerator.GetBytes(32));

        public static string Hash(string verifier) => Base64(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

        public static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
