using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;

namespace Platform.Certificates.Downloads;

/// <summary>SMART Health Cards (version 1.x of the framework): the facts as FHIR, deflated and signed (JWS, ES256). The key is a PEM file that
/// <c>Certificates:HealthCards:Key</c> names; the demonstration without one makes its own. Who checks a card finds the public key at
/// <c>/.well-known/jwks.json</c> of the issuer, which is <c>Certificates:HealthCards:Issuer</c> or the platform's address.</summary>
internal sealed class HealthCards : IDisposable
{
    private const string OwnFile = "health-cards.pem";

    private readonly ECDsa? key;
    private readonly Lock one = new();

    public HealthCards(IConfiguration configuration, IHostEnvironment environment, ILogger<HealthCards> log)
    {
        Issuer = (configuration["Certificates:HealthCards:Issuer"] ?? configuration["Platform:Address"] ?? "").TrimEnd('/');
        if (configuration["Certificates:HealthCards:Key"] is { Length: > 0 } file)
            key = Read(HomeFolder.Resolve(environment, file));
        else if (configuration.GetValue<bool>("Demo:Enabled"))
            key = Own(Path.Combine(HomeFolder.Resolve(environment, configuration["Database:Folder"] ?? "data"), OwnFile), log);
        Kid = key is null ? "" : Thumbprint(Jwk());
    }

    public string Issuer { get; }

    public string Kid { get; }

    public bool CanSign => key is not null;

    /// <returns>The JWS in its compact form.</returns>
    /// <exception cref="Refusal">No key is configured.</exception>
    public string Sign(Certificate certificate, Region region)
    {
        if (key is null)
            throw new Refusal("no-health-card-key", "Questa installazione non emette SMART Health Card.") { Kind = RefusalKind.Unprocessable };
        var type = certificate.Kind == CertificateKind.Vaccination ? "immunization" : "laboratory";
        var content = new JsonObject
        {
            ["iss"] = Issuer,
            ["nbf"] = new DateTimeOffset(certificate.IssuedAt, TimeSpan.Zero).ToUnixTimeSeconds(),
            ["vc"] = new JsonObject
            {
                ["type"] = new JsonArray("https://smarthealth.cards#health-card", $"https://smarthealth.cards#{type}", "https://smarthealth.cards#covid19"),
                ["credentialSubject"] = new JsonObject { ["fhirVersion"] = "4.0.1", ["fhirBundle"] = CertificateBundle.Small(certificate.Says, region) },
            },
        };
        var header = new JsonObject { ["zip"] = "DEF", ["alg"] = "ES256", ["kid"] = Kid };
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Base64Url.EncodeToString(Deflated(Encoding.UTF8.GetBytes(content.ToJsonString())))}";
        lock (one)
            return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>The file that a telephone takes.</summary>
    public static byte[] File(string jws) => Encoding.UTF8.GetBytes(new JsonObject { ["verifiableCredential"] = new JsonArray(jws) }.ToJsonString());

    /// <summary>As a QR code has it: two digits for each character, counted from the hyphen-minus below 45.</summary>
    public static string Numeric(string jws) => "shc:/" + string.Concat(jws.Select(c => (c - 45).ToString("00", CultureInfo.InvariantCulture)));

    /// <summary>The public key, for who checks a card.</summary>
    public JsonObject KeySet()
    {
        var keys = new JsonArray();
        if (key is not null)
        {
            var jwk = Jwk();
            keys.Add(new JsonObject { ["kty"] = "EC", ["kid"] = Kid, ["use"] = "sig", ["alg"] = "ES256", ["crv"] = "P-256", ["x"] = jwk.X, ["y"] = jwk.Y });
        }

        return new() { ["keys"] = keys };
    }

    public void Dispose() => key?.Dispose();

    private (string X, string Y) Jwk()
    {
        var q = key!.ExportParameters(includePrivateParameters: false).Q;
        return (Base64Url.EncodeToString(q.X), Base64Url.EncodeToString(q.Y));
    }

    // RFC 7638: the members in the order of the alphabet, without blanks.
    private static string Thumbprint((string X, string Y) jwk) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{jwk.X}}","y":"{{jwk.Y}}"}""")));

    // Raw deflate, RFC 1951.
    private static byte[] Deflated(byte[] bytes)
    {
        using var whole = new MemoryStream();
        using (var deflate = new DeflateStream(whole, CompressionLevel.SmallestSize))
            deflate.Write(bytes);
        return whole.ToArray();
    }

    private static ECDsa Read(string file)
    {
        try
        {
            var key = ECDsa.Create();
            key.ImportFromPem(System.IO.File.ReadAllText(file));
            return key.ExportParameters(includePrivateParameters: true) is { D: not null, Q.X.Length: 32 } ? key
                : throw new InvalidOperationException($"Certificates:HealthCards:Key: {file} is not a private key of the curve P-256.");
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Certificates:HealthCards:Key: {file} is not a PEM file with a private key of the curve P-256 (openssl ecparam -name prime256v1 -genkey -noout).", failure);
        }
    }

    private static ECDsa Own(string file, ILogger log)
    {
        if (!System.IO.File.Exists(file))
        {
            log.LogWarning("Certificates:HealthCards:Key is empty: SMART Health Cards are signed with a key of this installation's own making, {File}. Not for real cards", file);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var mine = $"{file}.{Guid.CreateVersion7():N}";
            using (var stream = new FileStream(mine, options))
                stream.Write(Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem()));
            try
            {
                // Of two hosts that begin at once, the first one's is everybody's.
                System.IO.File.Move(mine, file);
            }
            catch (IOException) when (System.IO.File.Exists(file))
            {
                System.IO.File.Delete(mine);
            }
        }

        return Read(file);
    }
}
