using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>Whether an id_token is the provider's, for us, of now and of this very sign-in (OpenID Connect Core, 3.1.3.7).</summary>
internal static class TokenCheck
{
    /// <summary>Clocks differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Signatures by a key pair alone: a secret that both know proves nothing, and "none" less.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <exception cref="SignInFailure"><see cref="SignInProblem.Untrusted"/></exception>
    public static JsonWebToken Read(string? text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or SecurityTokenException)
        {
            throw SignInFailure.Untrusted("token-unreadable");
        }
    }

    /// <summary>Signature, issuer and audience: of an id_token, and of a signed answer about the person.</summary>
    public static async Task Signed(JsonWebToken token, ExternalProvider provider, OpenIdConnectConfiguration document)
    {
        if (token.Kid is { Length: > 0 } kid && document.SigningKeys.All(k => k.KeyId != kid))
            throw SignInFailure.Untrusted("token-key-unknown");
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token.EncodedToken, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer, ValidAudience = provider.ClientId, IssuerSigningKeys = document.SigningKeys, ValidAlgorithms = Algorithms,
            RequireSignedTokens = true, ValidateIssuer = true, ValidateAudience = true, ValidateIssuerSigningKey = true,
            // By our own clock, below.
            ValidateLifetime = false,
        });
        if (!result.IsValid)
            throw SignInFailure.Untrusted("token-" + (result.Exception?.GetType().Name ?? "invalid"));
    }

    /// <summary>What only an id_token says.</summary>
    public static void OfThisSignIn(JsonWebToken token, ExternalProvider provider, Begun begun, string? accessToken, DateTimeOffset now)
    {
        Demand(token.Subject is { Length: > 0 }, "token-without-subject");
        Demand(token.TryGetPayloadValue("exp", out long exp) && DateTimeOffset.FromUnixTimeSeconds(exp) + Skew > now, "token-expired");
        Demand(token.TryGetPayloadValue("iat", out long iat) && DateTimeOffset.FromUnixTimeSeconds(iat) is var issued && issued - Skew <= now && issued + Skew >= begun.At, "token-of-another-time");
        Demand(!token.TryGetPayloadValue("nbf", out long nbf) || DateTimeOffset.FromUnixTimeSeconds(nbf) - Skew <= now, "token-not-yet-valid");
        var azp = token.TryGetPayloadValue("azp", out string party) ? party : null;
        Demand(azp is null ? token.Audiences.Count() == 1 : azp == provider.ClientId, "token-for-another-party");
        Demand(token.TryGetPayloadValue("nonce", out string nonce) && Same(nonce, begun.Nonce), "token-of-another-nonce");
        if (token.TryGetPayloadValue("at_hash", out string hash))
            Demand(Same(hash, HalfHash(token.Alg, accessToken ?? "")), "token-of-another-access");
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw SignInFailure.Untrusted(otherwise);
    }

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string HalfHash(string algorithm, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var hash = algorithm[^3..] switch { "384" => SHA384.HashData(bytes), "512" => SHA512.HashData(bytes), _ => SHA256.HashData(bytes) };
        return Base64UrlEncoder.Encode(hash[..(hash.Length / 2)]);
    }
}
