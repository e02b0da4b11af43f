using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Platform.BuildingBlocks.ExternalSignIn.Cards;

/// <summary>The certificate of the connection: the host's own, or the proxy's, which says it in a header and itself by a secret. From anybody
/// else the header is as if it were not there: certificates are public, and only the handshake proves whose they are.</summary>
internal sealed class ShownCertificate(CardSettings settings)
{
    /// <summary>RFC 9440 (base64 between colons), or as nginx escapes it (PEM in a URL).</summary>
    public const string Header = "Client-Cert";

    public const string ProxyHeader = "Client-Cert-Proxy";

    public async Task<X509Certificate2?> Of(HttpContext context)
    {
        if (!settings.IsProxy(context.Request.Headers[ProxyHeader]))
            return await context.Connection.GetClientCertificateAsync(context.RequestAborted);
        return context.Request.Headers[Header].ToString() is { Length: > 0 } said ? Read(said) : null;
    }

    private static X509Certificate2 Read(string said)
    {
        try
        {
            return said.StartsWith(':')
                ? X509CertificateLoader.LoadCertificate(Convert.FromBase64String(said.Trim(':')))
                : X509Certificate2.CreateFromPem(Uri.UnescapeDataString(said));
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            throw new SignInFailure(SignInProblem.CardOfAnotherKind, "card-unreadable");
        }
    }
}
