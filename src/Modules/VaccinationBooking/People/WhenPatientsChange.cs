using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Patients.Contracts;

namespace Platform.VaccinationBooking.People;

/// <summary>Everybody whom the registry knows can be recognised at booking.</summary>
internal sealed class WhenPatientsRegistered(VaccinationDb db) : IGroupReaction<PatientRegistered>
{
    public Task React(IReadOnlyList<Told<PatientRegistered>> told, CancellationToken cancellation) =>
        db.Keep([.. told.Select(t => t.Event.Patient)], cancellation);
}

internal sealed class WhenPatientsChanged(VaccinationDb db) : IGroupReaction<PatientChanged>
{
    public Task React(IReadOnlyList<Told<PatientChanged>> told, CancellationToken cancellation) =>
        db.Keep([.. told.Select(t => t.Event.Patient)], cancellation);
}

internal sealed class WhenPatientDied(VaccinationDb db) : IReaction<PatientDied>
{
    public Task React(Told<PatientDied> told, CancellationToken cancellation) => db.Keep([told.Event.Patient], cancellation);
}

/// <summary>The registry has let them go, since nobody held anything of theirs any more: the copy goes too.</summary>
internal sealed class WhenPatientsForgotten(VaccinationDb db) : IReaction<PatientsForgotten>
{
    public Task React(Told<PatientsForgotten> told, CancellationToken cancellation) =>
        db.Vaccinees.Where(v => told.Event.Patients.Contains(v.PatientId)).ExecuteDeleteAsync(cancellation);
}

internal static class Vaccinees
{
    /// <summary>The last word on each of them.</summary>
    public static async Task Keep(this VaccinationDb db, IReadOnlyList<PatientSummary> people, CancellationToken cancellation)
    {
        var last = people.GroupBy(p => p.Id).Select(g => g.Last()).ToList();
        var ids = last.Select(p => p.Id).ToArray();
        var known = await db.Vaccinees.Where(v => ids.Contains(v.PatientId)).ToDictionaryAsync(v => v.PatientId, cancellation);
        foreach (var person in last)
        {
            var kept = known.GetValueOrDefault(person.Id);
            if (kept is null)
                db.Add(kept = new Vaccinee { PatientId = person.Id });
            kept.FiscalCode = person.FiscalCode ?? (person.OtherCodes.Count > 0 ? person.OtherCodes[0] : null);
            kept.FamilyName = person.FamilyName;
            kept.GivenName = person.GivenName;
            kept.BirthDate = person.BirthDate;
            kept.Sex = person.Sex;
            kept.MunicipalityIstat = person.DomicileIstat ?? person.ResidenceIstat;
            kept.AslCode = person.AslCode;
            kept.GpCode = person.GpCode;
            kept.Deceased = person.DiedOn is not null;
        }

        await db.SaveChangesAsync(cancellation);
    }
}
