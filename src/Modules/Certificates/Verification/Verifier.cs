using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Hcert;

namespace Platform.Certificates.Verification;

/// <summary>What is said of a certificate, as the Italian verifier says it.</summary>
internal enum Outcome
{
    Valid,

    /// <summary>Only together with a negative test.</summary>
    TestNeeded,
    NotValidYet,
    NotValid,
    Expired,

    /// <summary>Told to the one who checks as <see cref="NotValid"/>: why is not her business.</summary>
    Revoked,

    /// <summary>No EU Digital COVID Certificate at all.</summary>
    NotEuDcc,
}

/// <param name="Dcc">Null unless a trusted key has signed it: names that nobody vouches for are not shown.</param>
internal sealed record Verdict(Outcome Outcome, ReadDcc? Dcc = null);

/// <summary>From the text of a QR code to the outcome: signature, use of the key, times, revocation, then the rules of the day.</summary>
internal sealed class Verifier(CertificatesDb db, TrustedKeys keys, OthersRevocations others, Region region)
{
    // Clocks of issuers are not ours.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <param name="mode">Of verification_modes.csv.</param>
    /// <param name="at">UTC.</param>
    public async Task<Verdict> Verify(string? text, string mode, DateTime at, CancellationToken cancellation)
    {
        if (HcertReader.Read(text) is not { } read)
            return new(Outcome.NotEuDcc);
        // A signature may hold by one key of that name and not by another; the one that may sign this kind decides.
        var signedBy = (read.Kid is null ? keys.All : keys.WithKid(read.Kid))
            .Where(k => CoseSignature.Verifies(k.Certificate, read.Algorithm, read.ToBeSigned, read.Signature)).ToList();
        if (signedBy.Find(k => k.Uses.Allow(read.Dcc.Kind)) is not { } key)
            return new(Outcome.NotValid);
        if (await IsRevoked(read.Dcc.Uvci, cancellation))
            return new(Outcome.Revoked, read.Dcc);
        if (read.ExpiresAt is null || read.ExpiresAt <= at)
            return new(read.ExpiresAt is null ? Outcome.NotValid : Outcome.Expired, read.Dcc);
        if (read.IssuedAt > at + Slack)
            return new(Outcome.NotValidYet, read.Dcc);
        // Signed outside the life of the key that signed it.
        if (read.IssuedAt < key.NotBefore - Slack || read.IssuedAt > key.NotAfter)
            return new(Outcome.NotValid, read.Dcc);
        return new(ValidityRules.Judge(read.Dcc, key, mode, at, region), read.Dcc);
    }

    private async Task<bool> IsRevoked(string uvci, CancellationToken cancellation)
    {
        var hashes = RevokedCertificate.HashesOf(uvci);
        return others.Contain(hashes) || await db.Revoked.AnyAsync(r => hashes.Contains(r.Hash), cancellation);
    }
}
