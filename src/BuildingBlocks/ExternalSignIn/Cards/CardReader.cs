using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.BuildingBlocks.ExternalSignIn.Cards;

/// <summary>Whose card it is whose certificate was shown, by the profile of the certificate of the CNS (AgID; decree of 9 December 2004). That
/// the shower holds the card is proved by the TLS handshake; everything else is found out here, whatever the proxy found.</summary>
internal sealed class CardReader(CardSettings settings, RevocationLists lists, IFiscalCodes codes, TimeProvider clock)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string CommonName = "2.5.4.3";
    private const string SerialNumber = "2.5.4.5";
    private const string PoliciesExtension = "2.5.29.32";
    private const int LeastRsaBits = 2048;
    private const int FiscalCodeLength = 16;

    private readonly HashSet<string> accredited = [.. settings.Authorities.Select(a => a.Thumbprint)];

    /// <returns>Codice fiscale.</returns>
    /// <exception cref="SignInFailure">Whatever is wrong.</exception>
    public async Task<string> Read(X509Certificate2 card, CancellationToken cancellation)
    {
        using var chain = new X509Chain();
        var issuer = Issuer(card, chain);
        if (!IsCns(card))
            throw new SignInFailure(SignInProblem.CardOfAnotherKind, "card-of-another-kind");
        if (chain.ChainElements[0].ChainElementStatus.Any(s => s.Status == X509ChainStatusFlags.NotTimeValid))
            throw new SignInFailure(SignInProblem.CardExpired, "card-expired");
        if (card.GetRSAPublicKey() is { KeySize: < LeastRsaBits })
            throw new SignInFailure(SignInProblem.CardExpired, "card-weak-key");
        var code = FiscalCode(card.SubjectName) ?? throw new SignInFailure(SignInProblem.CardOfAnotherKind, "card-without-fiscal-code");
        return await lists.IsRevoked(card, issuer, cancellation) switch
        {
            true => throw new SignInFailure(SignInProblem.CardRevoked, "card-revoked"),
            null when !settings.AcceptsUnchecked => throw new SignInFailure(SignInProblem.CardUnchecked, "card-unchecked"),
            _ => code,
        };
    }

    /// <summary>The path up to an authority of the list; the card's own dates are looked at later, to be told apart.</summary>
    private X509Certificate2 Issuer(X509Certificate2 card, X509Chain chain)
    {
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(settings.Authorities);
        chain.ChainPolicy.ExtraStore.AddRange(settings.Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        chain.Build(card);
        var wrong = chain.ChainElements.SelectMany((e, i) => e.ChainElementStatus.Where(s => i > 0 || s.Status != X509ChainStatusFlags.NotTimeValid))
            .Concat(chain.ChainStatus.Where(s => s.Status != X509ChainStatusFlags.NotTimeValid)).Select(s => s.Status).FirstOrDefault(s => s != X509ChainStatusFlags.NoError);
        if (wrong != X509ChainStatusFlags.NoError)
            throw new SignInFailure(SignInProblem.CardUntrusted, $"card-untrusted-{wrong}");
        // An authority of the list vouches for its own cards, not for what authorities below it issue.
        return chain.ChainElements is [_, var above, ..] && accredited.Contains(above.Certificate.Thumbprint) ? above.Certificate
            : throw new SignInFailure(SignInProblem.CardUntrusted, "card-of-no-accredited-authority");
    }

    // The certificate for signing documents has non-repudiation instead, and must not serve here.
    private bool IsCns(X509Certificate2 card) =>
        card.Extensions.OfType<X509BasicConstraintsExtension>().All(e => !e.CertificateAuthority)
        && card.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { KeyUsages: var usage }
        && usage.HasFlag(X509KeyUsageFlags.DigitalSignature) && !usage.HasFlag(X509KeyUsageFlags.NonRepudiation)
        && card.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(e => e.EnhancedKeyUsages[ClientAuthentication] is not null)
        && PoliciesOf(card).Intersect(settings.Policies).Any();

    private static List<string> PoliciesOf(X509Certificate2 card)
    {
        var policies = new List<string>();
        try
        {
            if (card.Extensions[PoliciesExtension] is not { } extension)
                return policies;
            var each = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (each.HasData)
                policies.Add(each.ReadSequence().ReadObjectIdentifier());
        }
        catch (AsnContentException)
        {
            // What cannot be read permits nothing.
        }

        return policies;
    }

    /// <summary>The common name is the code, a slash, the card's number, a point and the hash of what is on the chip.</summary>
    private string? FiscalCode(X500DistinguishedName subject)
    {
        try
        {
            var parts = subject.EnumerateRelativeDistinguishedNames().Where(p => !p.HasMultipleElements).ToLookup(p => p.GetSingleElementType().Value, p => p.GetSingleElementValue() ?? "");
            var said = parts[CommonName].Where(n => n.IndexOf('/', StringComparison.Ordinal) == FiscalCodeLength).Select(n => n[..FiscalCodeLength])
                .Concat(parts[SerialNumber].Where(n => n.StartsWith("TINIT-", StringComparison.OrdinalIgnoreCase)).Select(n => n["TINIT-".Length..]))
                .Select(c => c.ToUpperInvariant()).Distinct().ToList();
            return said is [var code] && code.Length == FiscalCodeLength && codes.IsValid(code) ? code : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
