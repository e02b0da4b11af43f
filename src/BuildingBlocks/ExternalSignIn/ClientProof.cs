using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>How we prove to a provider who we are: a secret, or a statement signed with our key (RFC 7523), as SPID and CIE want it.</summary>
internal sealed class ClientProof : IDisposable
{
    private const string Assertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(2);

    private readonly ExternalProvider provider;
    private readonly AsymmetricAlgorithm? algorithm;
    private readonly SigningCredentials? credentials;

    /// <param name="pem">Of the private key; null where there is a secret.</param>
    public ClientProof(ExternalProvider provider, string? pem)
    {
        this.provider = provider;
        if (pem is null)
            return;
        var (key, signature) = pem.Contains("EC PRIVATE KEY", StringComparison.Ordinal) || !TryRsa(pem, out var rsa) ? Ec(pem) : (new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256);
        algorithm = key is RsaSecurityKey r ? r.Rsa : ((ECDsaSecurityKey)key).ECDsa;
        key.KeyId = provider.KeyId ?? Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        credentials = new(key, signature);
    }

    /// <summary>For the provider, who fetches it to check our statements.</summary>
    public JsonWebKey? PublicKey
    {
        get
        {
            if (credentials is null)
                return null;
            var key = credentials.Key is RsaSecurityKey { Rsa: var rsa }
                ? JsonWebKeyConverter.ConvertFromRSASecurityKey(new(rsa.ExportParameters(false)))
                : JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new(ECDsa.Create(((ECDsaSecurityKey)credentials.Key).ECDsa.ExportParameters(false))));
            (key.KeyId, key.Use, key.Alg) = (credentials.Key.KeyId, "sig", credentials.Algorithm);
            return key;
        }
    }

    /// <summary>Signed with our key, for one use within two minutes.</summary>
    public string Statement(string audience, Dictionary<string, object> claims, DateTimeOffset now) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = provider.ClientId, Audience = audience, IssuedAt = now.UtcDateTime, NotBefore = now.UtcDateTime, Expires = (now + Valid).UtcDateTime,
            Claims = new Dictionary<string, object>(claims) { ["jti"] = Guid.CreateVersion7(now).ToString() }, SigningCredentials = credentials,
        });

    public void Sign(HttpRequestMessage request, Dictionary<string, string> form, OpenIdConnectConfiguration document, DateTimeOffset now)
    {
        if (credentials is not null)
        {
            form["client_id"] = provider.ClientId;
            form["client_assertion_type"] = Assertion;
            form["client_assertion"] = Statement(document.TokenEndpoint, new() { ["sub"] = provider.ClientId }, now);
        }
        else if (document.TokenEndpointAuthMethodsSupported is { Count: > 0 } ways && !ways.Contains("client_secret_basic"))
        {
            form["client_id"] = provider.ClientId;
            form["client_secret"] = provider.ClientSecret!;
        }
        else
        {
            // Each is encoded before they are joined (RFC 6749, 2.3.1).
            var pair = $"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(provider.ClientSecret!)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
    }

    public void Dispose() => algorithm?.Dispose();

    private static bool TryRsa(string pem, out RSA rsa)
    {
        rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return true;
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            rsa.Dispose();
            return false;
        }
    }

    private static (SecurityKey, string) Ec(string pem)
    {
        var ec = ECDsa.Create();
        ec.ImportFromPem(pem);
        return (new ECDsaSecurityKey(ec), ec.KeySize switch
        {
            256 => SecurityAlgorithms.EcdsaSha256,
            384 => SecurityAlgorithms.EcdsaSha384,
            _ => SecurityAlgorithms.EcdsaSha512,
        });
    }
}
