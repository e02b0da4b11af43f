using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Platform.UserManagement.ApiClients;

internal static class SigningKeys
{
    private const int LeastRsaBits = 2048;

    /// <summary>The public key, named by its thumbprint (RFC 7638).</summary>
    /// <returns>Null where it is none, or too weak.</returns>
    public static SecurityKey? Read(string pem)
    {
        // A private key must not be kept here, even when it is pasted.
        if (pem.Contains("PRIVATE", StringComparison.Ordinal))
            return null;
        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.KeySize >= LeastRsaBits ? Named(new RsaSecurityKey(rsa)) : null;
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            // Of another kind, perhaps.
        }

        try
        {
            var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return Named(new ECDsaSecurityKey(curve));
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static AsymmetricSecurityKey Named(AsymmetricSecurityKey key)
    {
        key.KeyId = Base64UrlEncoder.Encode(JsonWebKeyConverter.ConvertFromSecurityKey(key).ComputeJwkThumbprint());
        return key;
    }
}
