using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;

namespace Platform.Certificates.Hcert;

/// <summary>The keys that sign: of those that may, the one that began last, so that a new one takes over by its date while what the old ones signed still verifies.</summary>
internal sealed class Signers(IReadOnlyList<SigningKey> keys, Region region) : IHcertSigner, IDisposable
{
    public IReadOnlyList<SigningKey> Keys => keys;

    /// <summary>Those of the configuration; in the demonstration, without any, its own.</summary>
    public static Signers Of(IConfiguration configuration, IHostEnvironment environment, Region region, ILogger log)
    {
        var keys = SignerSettings.Read(configuration, environment);
        if (keys.Count == 0 && configuration.GetValue<bool>("Demo:Enabled"))
            keys = DemoSigners.Read(configuration, environment);
        else if (keys.Count == 0)
            log.LogWarning("{Section} is empty: no certificate can be signed. See docs/certificates.md", SignerSettings.Section);
        foreach (var key in keys)
            log.LogInformation("Certificates are signed by {Name} ({Kid}) from {From:u} to {Until:u}", key.Name, Convert.ToBase64String(key.Kid), key.NotBefore, key.NotAfter);
        return new(keys, region);
    }

    public bool CanSign(DccKind kind, DateTime at) => Find(kind, at) is not null;

    public SignedDcc Sign(DccPayload payload, DateTime at)
    {
        var day = region.DayOf(at);
        if (DccSchema.Check(payload, region.Hcert, day) is { Count: > 0 } wrong)
        {
            throw new Refusal("certificate-not-well-formed", "La certificazione non può essere firmata: lo schema europeo non ammette {0}.", string.Join(", ", wrong))
            {
                Kind = RefusalKind.Unprocessable,
            };
        }

        var key = Find(payload.Kind, at)
            ?? throw new Refusal("no-signing-key", "Oggi nessuna chiave può firmare questa certificazione: chi gestisce la piattaforma deve configurarne una.");
        var term = region.Hcert.TermOf(payload.Kind.ToString().ToLowerInvariant(), day)
            ?? throw new InvalidOperationException($"certificate_terms.csv has no line of {payload.Kind} for {day:O}.");
        var ends = at.AddDays(term.Days);
        var expiresAt = ends < key.NotAfter ? ends : key.NotAfter;
        return new(HcertWriter.Write(payload, at, expiresAt, key.Kid, key.Algorithm, key.Key), Convert.ToBase64String(key.Kid), expiresAt);
    }

    public void Dispose()
    {
        foreach (var key in keys)
            key.Dispose();
    }

    // One that is for this kind alone before one for all; of these the newest.
    private SigningKey? Find(DccKind kind, DateTime at) =>
        keys.Where(k => k.SignsAt(kind, at)).OrderBy(k => k.Uses.ForAll).ThenByDescending(k => k.NotBefore).FirstOrDefault();
}
