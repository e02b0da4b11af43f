using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Certificates.Hcert;

namespace Platform.Certificates.Verification;

/// <param name="Country">Two letters, of who signs with it.</param>
internal sealed record TrustedKey(string Country, X509Certificate2 Certificate, KeyUses Uses)
{
    public DateTime NotBefore => Certificate.NotBefore.ToUniversalTime();
    public DateTime NotAfter => Certificate.NotAfter.ToUniversalTime();
}

/// <summary>The keys whose signatures hold: our own signers', old ones too, and those of others that <c>Certificates:TrustedKeys</c> lists, a file as the
/// European gateway gives it (a JSON array with <c>kid</c>, <c>country</c> and <c>rawData</c>, the certificate in base 64).</summary>
internal sealed class TrustedKeys(Signers signers, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock, ILogger<TrustedKeys> log)
{
    public const string Setting = "Certificates:TrustedKeys";

    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    private readonly WatchedFile<ILookup<string, TrustedKey>> others =
        new(Setting, () => configuration["Certificates:TrustedKeys"], Array.Empty<TrustedKey>().ToLookup(_ => ""), text => Read(text, log), environment, clock, log);

    /// <summary>All of that name: eight bytes of a hash may be two keys'.</summary>
    public IReadOnlyList<TrustedKey> WithKid(byte[] kid) =>
        [.. signers.Keys.Where(k => k.Kid.AsSpan().SequenceEqual(kid)).Select(Own), .. others.Now[Convert.ToBase64String(kid)]];

    /// <summary>Every key: for the codes that name none.</summary>
    public IReadOnlyList<TrustedKey> All => [.. signers.Keys.Select(Own), .. others.Now.SelectMany(g => g)];

    private static TrustedKey Own(SigningKey key) => new(DccCodes.Italy, key.Certificate, key.Uses);

    private static ILookup<string, TrustedKey> Read(string text, ILogger log)
    {
        var keys = new List<(string Kid, TrustedKey Key)>();
        foreach (var entry in JsonSerializer.Deserialize<List<Entry>>(text, Json) ?? [])
        {
            if (Certificate(entry) is { } certificate)
                keys.Add((entry.Kid is { Length: > 0 } ? entry.Kid : Convert.ToBase64String(SigningKey.KidOf(certificate)), new(entry.Country ?? "", certificate, KeyUses.Of(certificate))));
            else
                log.LogWarning("{Setting}: the entry {Kid} is no certificate whose key can be used, and is passed over", Setting, entry.Kid);
        }

        log.LogInformation("{Setting}: {Count} keys of others are trusted", Setting, keys.Count);
        return keys.ToLookup(k => k.Kid, k => k.Key);
    }

    private static X509Certificate2? Certificate(Entry entry)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(entry.RawData ?? ""));
            return CoseSignature.AlgorithmOf(certificate) is null ? null : certificate;
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private sealed record Entry(string? Kid, string? Country, string? RawData);
}
