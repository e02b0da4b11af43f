using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Platform.Tests.Harness;

namespace Platform.Tests.ExternalSignIn;

/// <summary>An authority that issues cards by the profile of the CNS, and says which are revoked at an address of its own.</summary>
internal sealed class CardOffice : IDisposable
{
    public const string Cns = "1.3.76.16.2.1";
    private const string Host = "https://cns.example.it";
    public const string Secret = "a secret between the proxy and the host";

    private readonly RSA key = RSA.Create(2048);
    private readonly HttpListener listener = new();
    private readonly CertificateRevocationListBuilder revoked = new();
    private readonly string file = Path.GetTempFileName();

    /// <param name="above">Who has made it an authority; by itself without one.</param>
    public CardOffice(string name = "CN=Autorità di prova per la CNS, O=Regione di prova, C=IT", CardOffice? above = null)
    {
        var asked = Made(name, key, ca: true);
        Authority = above is null ? asked.CreateSelfSigned(TestClock.Start.AddYears(-5), TestClock.Start.AddYears(20))
            : asked.Create(above.Authority, TestClock.Start.AddYears(-4), TestClock.Start.AddYears(9), [1, 2, 3]).CopyWithPrivateKey(key);
        Accredit(Authority);
        var port = PostgresServer.FreePort();
        Lists = $"http://127.0.0.1:{port}/cns.crl";
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = Serve();
    }

    public X509Certificate2 Authority { get; }

    /// <summary>Where the list of the revoked is.</summary>
    public string Lists { get; }

    /// <summary>What stands there; null: nobody answers.</summary>
    public byte[]? List { get; set; }

    /// <summary>How often it was fetched.</summary>
    public int Fetched { get; private set; }

    public (string, string)[] Settings => [("ExternalSignIn:Card:Address", Host), ("ExternalSignIn:Card:Authorities", file), ("ExternalSignIn:Card:ProxySecret", Secret), ("ExternalSignIn:Card:TimeoutSeconds", "2")];

    public void Accredit(params X509Certificate2[] authorities) => File.WriteAllText(file, string.Concat(authorities.Select(a => a.ExportCertificatePem() + "\n")));

    public byte[] SignedList(DateTimeOffset? until = null, DateTimeOffset? from = null, CardOffice? by = null) =>
        revoked.Build((by ?? this).Authority, 1, until ?? TestClock.Start.AddDays(2), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, from ?? TestClock.Start.AddDays(-1));

    public void Revoke(X509Certificate2 card) => revoked.AddEntry(card, TestClock.Start.AddHours(-3), X509RevocationReason.KeyCompromise);

    /// <param name="fault">What is wrong with it; nothing when it is empty.</param>
    public X509Certificate2 Card(string code, string fault = "")
    {
        var own = RSA.Create(fault == "weak-key" ? 1024 : 2048);
        var subject = fault switch
        {
            "no-code" => "CN=Rossi Mario, C=IT",
            "wrong-code" => $"CN={code[..15]}{(code[15] == 'A' ? 'B' : 'A')}/6090010000000001.qVJ+v3Sd1W8FLbqJ3+r7/JTK1gU=, C=IT",
            "two-codes" => $"CN={code}/6090010000000001.x=, SERIALNUMBER=TINIT-BNCNNA75E44L219I, C=IT",
            "serial-number" => $"CN=Rossi Mario, SERIALNUMBER=TINIT-{code}, C=IT",
            _ => $"CN={code}/6090010000000001.qVJ+v3Sd1W8FLbqJ3+r7/JTK1gU=, OU=Regione di prova, C=IT",
        };
        var asked = Made(subject, own, ca: false);
        asked.CertificateExtensions.Add(new X509KeyUsageExtension(fault == "for-signing" ? X509KeyUsageFlags.NonRepudiation : X509KeyUsageFlags.DigitalSignature, critical: true));
        if (fault != "no-use")
            asked.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(fault == "other-use" ? "1.3.6.1.5.5.7.3.4" : "1.3.6.1.5.5.7.3.2")], critical: false));
        if (fault != "no-policy")
            asked.CertificateExtensions.Add(Policy(fault == "other-policy" ? "1.3.76.47.4" : Cns));
        if (fault != "no-list")
            asked.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(["ldap://127.0.0.1/cn=cns", Lists]));
        var (from, until) = fault switch
        {
            "expired" => (TestClock.Start.AddYears(-3), TestClock.Start.AddSeconds(-1)),
            "of-tomorrow" => (TestClock.Start.AddDays(1), TestClock.Start.AddYears(3)),
            _ => (TestClock.Start.AddYears(-1), TestClock.Start.AddYears(5)),
        };
        if (fault == "self-signed")
            return asked.CreateSelfSigned(from, until);
        using var issued = asked.Create(Authority, from, until, RandomNumberGenerator.GetBytes(12));
        return issued.CopyWithPrivateKey(own);
    }

    public void Dispose()
    {
        listener.Close();
        File.Delete(file);
        key.Dispose();
    }

    private static CertificateRequest Made(string name, RSA key, bool ca)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(ca, false, 0, critical: true));
        if (ca)
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static X509Extension Policy(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(oid);
        }

        return new("2.5.29.32", writer.Encode(), critical: false);
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                Fetched++;
                if (List is { } list)
                    await context.Response.OutputStream.WriteAsync(list);
                else
                    context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
                context.Response.Close();
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // The office has closed.
        }
    }
}

/// <summary>The proxy of deploy/: at the card's own name it hands on the certificate of the connection, elsewhere whatever it is told of one is taken away.</summary>
internal sealed class CardProxy : DelegatingHandler
{
    /// <summary>In the reader of whoever sits before the browser.</summary>
    public X509Certificate2? Card { get; set; }

    /// <summary>As nginx writes it, or as RFC 9440 does.</summary>
    public bool AsNginx { get; set; }

    /// <summary>In place of the certificate.</summary>
    public string? Header { get; set; }

    public string? Says { get; set; } = CardOffice.Secret;

    /// <summary>Addresses on the way, with their queries.</summary>
    public ConcurrentQueue<string> Way { get; } = new();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Way.Enqueue(request.RequestUri!.ToString());
        var here = request.RequestUri.Host == "cns.example.it";
        foreach (var (name, value) in new[] { ("Client-Cert-Proxy", Says), ("Client-Cert", Header ?? (Card is null ? null : AsNginx ? Uri.EscapeDataString(Card.ExportCertificatePem()) : $":{Convert.ToBase64String(Card.RawData)}:")) })
        {
            request.Headers.Remove(name);
            if (here && value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
