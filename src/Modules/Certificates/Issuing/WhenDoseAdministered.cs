using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Contracts;

namespace Platform.Certificates.Issuing;

/// <summary>A dose gives a vaccination certificate, and may change how others of hers are numbered.</summary>
internal sealed class WhenDoseAdministered(CertificatesDb db, Issuer issuer, Region region) : IGroupReaction<DoseAdministered>
{
    public async Task React(IReadOnlyList<Told<DoseAdministered>> told, CancellationToken cancellation)
    {
        var ids = told.Select(t => t.Event.DoseId).ToList();
        var known = await db.Occasions.Where(o => ids.Contains(o.Id)).Select(o => o.Id).ToHashSetAsync(cancellation);
        var fresh = new List<Occasion>();
        foreach (var (dose, at) in told.Select(t => (t.Event, t.At)).Where(t => known.Add(t.Event.DoseId)))
        {
            fresh.Add(db.Occasions.Add(new()
            {
                Id = dose.DoseId, Source = OccasionSource.Dose, PatientId = dose.PatientId, Fact = "dose", Result = "given", At = dose.GivenAt, Day = region.DayOf(dose.GivenAt),
                Product = dose.Vaccine, Dose = WordOf(dose.Kind), CentreCode = dose.CentreCode, SourceVersion = 1, ToldAt = at,
            }).Entity);
        }

        if (fresh.Count == 0)
            return;
        await issuer.Settle([.. fresh.Select(o => o.PatientId).Distinct()], fresh, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private static string WordOf(DoseKind kind) => kind switch
    {
        DoseKind.First => "first",
        DoseKind.Second => "second",
        DoseKind.AfterInfection => "after-infection",
        DoseKind.Booster => "booster",
        DoseKind.SecondBooster => "second-booster",
        _ => "third-booster",
    };
}

/// <summary>A dose that was not given gives no certificate: the one it gave is revoked.</summary>
internal sealed class WhenDoseAnnulled(CertificatesDb db, Issuer issuer) : IReaction<DoseAnnulled>
{
    public async Task React(Told<DoseAnnulled> told, CancellationToken cancellation)
    {
        var (id, patient) = (told.Event.DoseId, told.Event.PatientId);
        var dose = await db.Occasions.SingleOrDefaultAsync(o => o.Id == id, cancellation);
        // What is told late must find it annulled.
        var unknown = dose is null ? db.Occasions.Add(new() { Id = id, Source = OccasionSource.Dose, PatientId = patient, State = OccasionState.Nothing, ToldAt = told.At }).Entity : null;
        (dose ?? unknown)!.Annulled = true;
        await issuer.Settle([(dose ?? unknown)!.PatientId], unknown is null ? [] : [unknown], cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
