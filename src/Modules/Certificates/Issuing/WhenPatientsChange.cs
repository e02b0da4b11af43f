using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Certificates.Issuing;

/// <summary>Who sees her certificates follows her; one that names her otherwise than the registry now does is issued anew.</summary>
internal sealed class WhenPatientsChange(CertificatesDb db, Issuer issuer) : IGroupReaction<PatientChanged>
{
    public async Task React(IReadOnlyList<Told<PatientChanged>> told, CancellationToken cancellation)
    {
        var people = told.Select(t => t.Event.Patient).GroupBy(p => p.Id).ToDictionary(g => g.Key, g => g.Last());
        var certificates = await db.Certificates.Where(c => people.Keys.Contains(c.PatientId)).ToListAsync(cancellation);
        if (certificates.Count == 0)
            return;
        foreach (var certificate in certificates)
            certificate.Follow(people[certificate.PatientId]);
        await issuer.Settle([.. certificates.Select(c => c.PatientId).Distinct()], [], cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>Two records were one person's: what both were certified for counts once, and her certificates bear the survivor's name.</summary>
internal sealed class WhenPatientsMerged(CertificatesDb db, Issuer issuer, IMediator mediator, Region region) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        var (survivor, merged) = (told.Event.Survivor, told.Event.Merged);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var kept = await db.Occasions.AsNoTracking().Where(o => o.PatientId == survivor && o.Fact == "dose" && !o.Annulled).ToListAsync(cancellation);
        foreach (var dose in await db.Occasions.Where(o => o.PatientId == merged && o.Fact == "dose" && !o.Annulled).ToListAsync(cancellation))
        {
            // The centre annuls the dose on the record that ends, and does not tell.
            if (kept.Exists(k => k.Dose == dose.Dose && region.DiseaseOf(k) == region.DiseaseOf(dose)))
                dose.Annulled = true;
        }

        await db.SaveChangesAsync(cancellation);
        await db.MoveRows(told.Event, cancellation);
        db.ChangeTracker.Clear();
        if (await mediator.Send(new PatientById(survivor), cancellation) is { } person)
        {
            foreach (var certificate in await db.Certificates.Where(c => c.PatientId == survivor).ToListAsync(cancellation))
                certificate.Follow(person);
        }

        await issuer.Settle([survivor], [], cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
