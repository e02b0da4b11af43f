using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Contracts;
using Platform.Certificates.Hcert;
using Platform.Certificates.Verification;
using Platform.Patients.Contracts;

namespace Platform.Certificates.Issuing;

/// <summary>Brings the certificates of people in line with what is known of them: issues what is due, revokes what no longer holds, issues anew
/// what was corrected. Done again it changes nothing. The caller saves.</summary>
internal sealed class Issuer(CertificatesDb db, IHcertSigner signer, IMediator mediator, Region region, TimeProvider clock)
{
    /// <param name="told">Occasions that are new in this context and not saved yet.</param>
    /// <returns>How many were issued.</returns>
    public async Task<int> Settle(IReadOnlyCollection<Guid> patients, IReadOnlyCollection<Occasion> told, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = region.DayOf(clock.GetUtcNow());
        var people = await mediator.Send(new PatientsByIds(patients), cancellation);
        var occasions = (await db.Occasions.Where(o => patients.Contains(o.PatientId)).ToListAsync(cancellation)).Concat(told).Distinct().ToLookup(o => o.PatientId);
        var standing = await db.Certificates.Where(c => c.StandsFor != null && patients.Contains(c.PatientId)).ToDictionaryAsync(c => c.OccasionId, cancellation);
        var issued = 0;
        foreach (var hers in occasions)
        {
            var wording = new Wording(region, [.. hers], people.GetValueOrDefault(hers.Key));
            foreach (var occasion in hers.Where(o => o.State != OccasionState.Withdrawn || o.Annulled))
                issued += Settle(occasion, wording, standing.GetValueOrDefault(occasion.Id), today, now) ? 1 : 0;
        }

        return issued;
    }

    /// <summary>An operator wants another in its place, or takes it away.</summary>
    public void Revoke(Certificate certificate, RevocationReason why, DateTime now, string? by = null, string? note = null)
    {
        certificate.Revoke(why, now, by, note);
        var line = RevokedCertificate.Of(certificate.Uvci, now);
        db.Add(line);
        db.Tell(new CertificateRevoked(certificate.Id, certificate.PatientId, line.Hash, now));
    }

    private bool Settle(Occasion occasion, Wording wording, Certificate? standing, DateOnly today, DateTime now)
    {
        var (rule, due) = wording.RuleOf(occasion, today);
        if (rule is null)
        {
            if (standing is not null)
                Revoke(standing, occasion.Annulled ? RevocationReason.Annulled : RevocationReason.Corrected, now);
            (occasion.State, occasion.DueOn, occasion.WhyRefused) = (OccasionState.Nothing, null, null);
            return false;
        }

        if (standing is not null)
        {
            // By the rules of the day it was issued on: a new way of counting doses revokes nobody's certificate.
            if (wording.Of(occasion, region.DayOf(standing.IssuedAt))?.Write() == standing.Statement)
                return false;
            Revoke(standing, RevocationReason.Corrected, now);
        }

        // What was refused is tried again: what was wrong may be right by now.
        (occasion.State, occasion.DueOn, occasion.WhyRefused) = (OccasionState.Waiting, due, null);
        return due <= today && wording.Of(occasion, today) is { } statement && Issue(occasion, statement, wording.Person!, now);
    }

    private bool Issue(Occasion occasion, Statement statement, PatientSummary person, DateTime now)
    {
        // It waits; the host says at its start that no key signs, and the job counts those that wait.
        if (!signer.CanSign(Payloads.KindOf(statement.Kind), now))
            return false;

        var uvci = Uvci.New();
        SignedDcc signed;
        try
        {
            signed = signer.Sign(statement.ToPayload(uvci), now);
        }
        catch (Refusal refusal)
        {
            (occasion.State, occasion.DueOn, occasion.WhyRefused) = (OccasionState.Refused, null, refusal.Code);
            return false;
        }

        var certificate = new Certificate
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), OccasionId = occasion.Id, PatientId = person.Id, Kind = statement.Kind, Uvci = uvci, Kid = signed.Kid, Hc1 = signed.Hc1,
            Statement = statement.Write(), IssuedAt = now, ExpiresAt = signed.ExpiresAt, PersonName = Certificate.NameOf(person), FiscalCode = person.FiscalCode,
            AslCode = person.AslCode, GpCode = person.GpCode, CentreCode = occasion.CentreCode,
        };
        certificate.Stand();
        db.Certificates.Add(certificate);
        (occasion.State, occasion.DueOn) = (OccasionState.Issued, null);
        db.Tell(new CertificateIssued(certificate.Id, occasion.Id, person.Id, statement.Kind, now, signed.ExpiresAt));
        return true;
    }
}
