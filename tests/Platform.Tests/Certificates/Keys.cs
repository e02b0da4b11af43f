using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Certificates.Hcert;

namespace Platform.Tests.Certificates;

/// <summary>A country of our own with its signers, in files as an installation has them.</summary>
internal sealed class Keys : IDisposable
{
    public static readonly DateTimeOffset From = new(2021, 6, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Until = new(2023, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 country = DemoSigners.MakeCountry(From.AddYears(-1), Until.AddYears(10));
    private readonly List<(string Key, string Value)> settings = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("keys").FullName;

    /// <summary>For <c>PlatformApp.Start</c>.</summary>
    public (string Key, string Value)[] Settings => [.. settings];

    /// <summary>A key for vaccinations, one for tests, one for everything else.</summary>
    public static Keys Usual()
    {
        var keys = new Keys();
        keys.Configure("vaccinations", keys.Make(KeyUses.Vaccination));
        keys.Configure("tests", keys.Make(KeyUses.Test));
        keys.Configure("all", keys.Make(null));
        return keys;
    }

    /// <param name="use">Null for all.</param>
    public SigningKey Make(string? use, bool rsa = false, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var (certificate, key) = DemoSigners.Issue(country, "Test signer", use, rsa, from ?? From, until ?? Until);
        var pem = key.ExportPkcs8PrivateKeyPem();
        key.Dispose();
        return new("test", certificate, [], () => SignerSettings.Key(certificate, pem, null));
    }

    public void Configure(string name, SigningKey key, string? signsFrom = null)
    {
        var (certificate, secret) = (Path.Combine(Folder, name + ".pem"), Path.Combine(Folder, name + ".key"));
        File.WriteAllText(certificate, key.Certificate.ExportCertificatePem() + "\n" + country.ExportCertificatePem());
        File.WriteAllText(secret, key.Key.ExportPkcs8PrivateKeyPem());
        settings.Add(($"Certificates:Signers:{name}:Certificate", certificate));
        settings.Add(($"Certificates:Signers:{name}:Key", secret));
        if (signsFrom is not null)
            settings.Add(($"Certificates:Signers:{name}:From", signsFrom));
    }

    /// <summary>A file as the gateway gives it, with these keys of others.</summary>
    public void Trust(params (string Country, SigningKey Key, string? Kid)[] others)
    {
        var file = Path.Combine(Folder, "trusted.json");
        File.WriteAllText(file, System.Text.Json.JsonSerializer.Serialize(others.Select(o => new
        {
            kid = o.Kid ?? Convert.ToBase64String(o.Key.Kid),
            country = o.Country,
            certificateType = "DSC",
            rawData = Convert.ToBase64String(o.Key.Certificate.RawData),
        })));
        settings.Add(("Certificates:TrustedKeys", file));
    }

    public static string Write(DccPayload payload, SigningKey key, DateTime issued, DateTime? expires = null, byte[]? kid = null) =>
        HcertWriter.Write(payload, issued, expires ?? issued.AddYears(1), kid ?? key.Kid, key.Algorithm, key.Key);

    /// <summary>The public key as a JWK, for readers that are not ours.</summary>
    public static object Jwk(X509Certificate2 certificate)
    {
        static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        using var ec = certificate.GetECDsaPublicKey();
        if (ec?.ExportParameters(false).Q is { X: { } x, Y: { } y })
            return new { kty = "EC", x = Text(x), y = Text(y) };
        using var rsa = certificate.GetRSAPublicKey()!;
        var numbers = rsa.ExportParameters(false);
        return new { kty = "RSA", n = Text(numbers.Modulus!), e = Text(numbers.Exponent!) };
    }

    public void Dispose()
    {
        country.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Fictitious people's certificates.</summary>
internal static class Payloads
{
    public const string Uvci = "01ITA65E2BD36C9E4900B0273D2E7C92EEB9#1";

    public static readonly DateOnly Birth = new(1979, 4, 14);

    public static DccPayload Vaccination(string family = "Prova", string given = "Persona", int dose = 2, int doses = 2, DateOnly? on = null, string uvci = Uvci) =>
        DccPayload.Of(family, given, Birth, new DccVaccination("1119349007", "EU/1/20/1528", "ORG-100030215", dose, doses, on ?? new(2021, 10, 1), uvci));

    public static DccPayload Test(string family = "Prova", string given = "Persona", string type = DccCodes.Molecular, DateTime? at = null, string result = DccCodes.NotDetected) =>
        DccPayload.Of(family, given, Birth, new DccTest(type, type == DccCodes.Molecular ? "RT-PCR" : null, type == DccCodes.Antigen ? "1232" : null,
            at ?? new(2021, 11, 14, 9, 0, 0, DateTimeKind.Utc), result, "Laboratorio di prova", Uvci));

    public static DccPayload Recovery(string family = "Prova", string given = "Persona", DateOnly? positive = null)
    {
        var first = positive ?? new(2021, 10, 1);
        return DccPayload.Of(family, given, Birth, new DccRecovery(first, first.AddDays(11), first.AddDays(180), Uvci));
    }
}
