using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IdentityProvider;

/// <summary>The keys with which it signs; the published ones are those of today and of before.</summary>
internal sealed class Keys
{
    private readonly List<(string Id, RSA Key)> all = [("k1", RSA.Create(2048))];
    private readonly RSA stranger = RSA.Create(2048);

    public void Rotate()
    {
        lock (all)
            all.Add(($"k{all.Count + 1}", RSA.Create(2048)));
    }

    public object Published()
    {
        lock (all)
        {
            return new
            {
                keys = all.Select(k => (k.Id, Public: k.Key.ExportParameters(false))).Select(k => new Dictionary<string, string>
                {
                    ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = k.Id, ["n"] = Pages.Base64(k.Public.Modulus!), ["e"] = Pages.Base64(k.Public.Exponent!),
                }).ToArray(),
            };
        }
    }

    public string Sign(Dictionary<string, object> claims, string fault = "", string secret = "")
    {
        (string Id, RSA Key) own;
        lock (all)
            own = all[^1];
        var (algorithm, id) = fault switch { "unsigned" => ("none", own.Id), "shared-secret" => ("HS256", own.Id), "unknown-key" => ("RS256", "k999"), _ => ("RS256", own.Id) };
        var text = Part(new Dictionary<string, object> { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = id }) + "." + Part(claims);
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.PadRight(32, '0')), bytes),
            _ => (fault is "wrong-key" or "unknown-key" ? stranger : own.Key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return text + "." + Pages.Base64(signature);
    }

    private static string Part(object json) => Pages.Base64(JsonSerializer.SerializeToUtf8Bytes(json));
}

internal static class Tokens
{
    public static string SubjectOf(string fiscal) => Pages.Hash("pairwise " + fiscal)[..20];

    public static string Make(Keys keys, Granted grant, string access, string issuer, string client, string secret, DateTimeOffset now)
    {
        var at = now + grant.Fault switch { "of-yesterday" => TimeSpan.FromDays(-1), "of-tomorrow" => TimeSpan.FromDays(1), _ => TimeSpan.Zero };
        var claims = new Dictionary<string, object>
        {
            ["iss"] = grant.Fault == "wrong-issuer" ? "https://elsewhere.example" : issuer,
            ["aud"] = grant.Fault switch { "wrong-audience" => "another", "other-party" => new[] { client, "another" }, _ => client },
            ["sub"] = SubjectOf(grant.Fiscal),
            ["nonce"] = grant.Fault == "wrong-nonce" ? Pages.Random() : grant.Question.Nonce,
            ["iat"] = at.ToUnixTimeSeconds(),
            ["exp"] = (grant.Fault == "expired" ? now.AddMinutes(-5) : now.AddMinutes(5)).ToUnixTimeSeconds(),
            ["jti"] = Pages.Random(),
            ["at_hash"] = Pages.Base64(SHA256.HashData(Encoding.ASCII.GetBytes(grant.Fault == "wrong-access-hash" ? "x" : access))[..16]),
        };
        if (grant.Fault == "other-party")
            claims["azp"] = "another";
        if (grant.Fault != "no-level")
            claims["acr"] = grant.Fault == "unknown-level" ? "https://elsewhere.example/high" : "https://www.spid.gov.it/SpidL" + grant.Level;
        if (grant.Fault != "no-fiscal-number" && !grant.Fault.StartsWith("userinfo", StringComparison.Ordinal))
        {
            claims["fiscal_number"] = grant.Fault switch
            {
                "foreign-fiscal-number" => "TINDE-" + grant.Fiscal,
                "wrong-fiscal-number" => "TINIT-" + grant.Fiscal[..15] + (grant.Fiscal[15] == 'A' ? 'B' : 'A'),
                _ => "TINIT-" + grant.Fiscal,
            };
        }

        return keys.Sign(claims, grant.Fault, secret);
    }
}

/// <summary>Who asks for a token: by a secret, or by a statement signed with her key.</summary>
internal static class Clients
{
    public static bool HasSecret(HttpRequest request, string client, string secret)
    {
        var pair = $"{Uri.EscapeDataString(client)}:{Uri.EscapeDataString(secret)}";
        return request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
    }

    public static bool HasSigned(IFormCollection form, string client, string pem, string audience, DateTimeOffset now) =>
        form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" && Claims(form["client_assertion"].ToString(), pem) is { } claims
        && claims.GetProperty("iss").GetString() == client && claims.GetProperty("sub").GetString() == client && claims.GetProperty("aud").GetString() == audience
        && claims.GetProperty("jti").GetString() is { Length: > 10 } && claims.GetProperty("exp").GetInt64() > now.ToUnixTimeSeconds();

    /// <summary>Null when it is not signed with this key.</summary>
    public static JsonElement? Claims(string statement, string pem)
    {
        if (statement.Split('.') is not [var head, var body, var signature])
            return null;
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        return key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{body}"), Bytes(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ? JsonDocument.Parse(Bytes(body)).RootElement : null;
    }

    private static byte[] Bytes(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}
