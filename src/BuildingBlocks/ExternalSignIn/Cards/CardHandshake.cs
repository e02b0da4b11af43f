using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Platform.BuildingBlocks.ExternalSignIn.Cards;

/// <summary>Where no proxy stands before it, the host itself asks for the card: in the handshake it takes any certificate, and looks at it later, to say
/// what is wrong with it; and each connection shows it anew.</summary>
internal sealed class CardHandshake(CardSettings settings) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        if (settings is { Address: not null, HasProxy: false })
            options.ConfigureHttpsDefaults(https =>
            {
                https.ClientCertificateValidation = (_, _, _) => true;
                https.OnAuthenticate = (_, tls) => tls.AllowTlsResume &= !tls.ClientCertificateRequired;
            });
    }
}
