using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Hcert;

namespace Platform.Certificates.Verification;

/// <param name="Country">Two letters, of who signs with it.</param>
internal sealed record TrustedKey(string Country, X509Certificate2 Certificate, KeyUses Uses)
{
    public DateTime NotBefore => Certificate.NotBefore.ToUniversalTime();
    public DateTime NotAfter => Certificate.NotAfter.ToUniversalTime();
}

/// <summary>The keys whose signatures hold: our own signers', old ones too, and those of others that <c>Certificates:TrustedKeys</c> lists, a file as the
/// European gateway gives it (a JSON array with <c>kid</c>, <c>country</c> and <c>rawData</c>, the certificate in base 64). Read again when it changes.</summary>
internal sealed class TrustedKeys(Signers signers, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock, ILogger<TrustedKeys> log)
{
    public const string Setting = "Certificates:TrustedKeys";

    private static readonly TimeSpan LooksEvery = TimeSpan.FromMinutes(1);
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    private readonly Lock door = new();
    private ILookup<string, TrustedKey> known = Empty;
    private (DateTime Looked, DateTime Written) file;

    private static ILookup<string, TrustedKey> Empty => Array.Empty<TrustedKey>().ToLookup(_ => "");

    /// <summary>All of that name: eight bytes of a hash may be two keys'.</summary>
    public IReadOnlyList<TrustedKey> WithKid(byte[] kid)
    {
        var name = Convert.ToBase64String(kid);
        return [.. signers.Keys.Where(k => k.Kid.AsSpan().SequenceEqual(kid)).Select(k => new TrustedKey(DccCodes.Italy, k.Certificate, k.Uses)), .. Others()[name]];
    }

    /// <summary>Every key: for the codes that name none.</summary>
    public IReadOnlyList<TrustedKey> All => [.. signers.Keys.Select(k => new TrustedKey(DccCodes.Italy, k.Certificate, k.Uses)), .. Others().SelectMany(g => g)];

    private ILookup<string, TrustedKey> Others()
    {
        if (configuration["Certificates:TrustedKeys"] is not { Length: > 0 } setting)
            return known;
        lock (door)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (now - file.Looked < LooksEvery && file.Looked != default)
                return known;
            var path = HomeFolder.Resolve(environment, setting);
            var written = File.GetLastWriteTimeUtc(path);
            if (written != file.Written && Read(path) is { } read)
                (known, file.Written) = (read, written);
            file.Looked = now;
            return known;
        }
    }

    // A file that cannot be read leaves what was known: better yesterday's keys than none.
    private ILookup<string, TrustedKey>? Read(string path)
    {
        try
        {
            var entries = JsonSerializer.Deserialize<List<Entry>>(File.ReadAllText(path), Json) ?? [];
            var keys = new List<(string Kid, TrustedKey Key)>();
            foreach (var entry in entries)
            {
                if (Certificate(entry) is { } certificate)
                    keys.Add((entry.Kid is { Length: > 0 } ? entry.Kid : Convert.ToBase64String(SigningKey.KidOf(certificate)), new(entry.Country ?? "", certificate, KeyUses.Of(certificate))));
                else
                    log.LogWarning("{Setting}: the entry {Kid} is no certificate whose key can be used, and is passed over", Setting, entry.Kid);
            }

            log.LogInformation("{Setting}: {Count} keys of others are trusted", Setting, keys.Count);
            return keys.ToLookup(k => k.Kid, k => k.Key);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogError("{Setting}: {File} cannot be read ({Reason}); the keys known before stay", Setting, path, failure.Message);
            return null;
        }
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
