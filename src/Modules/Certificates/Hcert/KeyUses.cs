using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Certificates.Hcert;

/// <summary>For which certificates a key may be used: by the extended key usages of its own certificate; one that names none of them is for all.</summary>
/// <param name="ForRecovery">Its certificate names recoveries.</param>
internal sealed record KeyUses(bool ForTest, bool ForVaccination, bool ForRecovery)
{
    public const string Test = "1.3.6.1.4.1.1847.2021.1.1";
    public const string Vaccination = "1.3.6.1.4.1.1847.2021.1.2";
    public const string Recovery = "1.3.6.1.4.1.1847.2021.1.3";

    // Some countries' first certificates have an arc more.
    private const string Arc = "1.3.6.1.4.1.1847.";
    private const string OtherArc = "1.3.6.1.4.1.0.1847.";

    public bool ForAll => !ForTest && !ForVaccination && !ForRecovery;

    public static KeyUses Of(X509Certificate2 certificate)
    {
        var named = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>().Select(u => (u.Value ?? "").Replace(OtherArc, Arc, StringComparison.Ordinal))).ToHashSet();
        return new(named.Contains(Test), named.Contains(Vaccination), named.Contains(Recovery));
    }

    public bool Allow(DccKind kind) => ForAll || kind switch { DccKind.Test => ForTest, DccKind.Vaccination => ForVaccination, _ => ForRecovery };

    /// <param name="kind">As a certificate that was read names it; an exemption needs a key for vaccinations, as in Italy.</param>
    public bool Allow(string kind) => Allow(kind switch { "test" => DccKind.Test, "recovery" => DccKind.Recovery, _ => DccKind.Vaccination });
}
