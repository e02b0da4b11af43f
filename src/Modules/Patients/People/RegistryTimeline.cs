using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Facts;

namespace Platform.Patients.People;

/// <summary>What the registry itself knows of a person's past: her registration, her doctors, and what was done to her record.</summary>
internal sealed class RegistryTimeline(PatientsDb db, ICurrentUser user, Region region, Texts texts, TimeProvider clock) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(Guid patientId, CancellationToken cancellation)
    {
        var patient = await db.Patients.AsNoTracking().Within(Patient.Reading, user, PatientsModule.Read).Include(p => p.Assignments)
            .FirstOrDefaultAsync(p => p.Id == patientId, cancellation);
        if (patient is null)
            return [];
        var codes = patient.Assignments.Select(a => a.DoctorCode).ToList();
        var names = await db.Doctors.AsNoTracking().Where(d => codes.Contains(d.Code))
            .ToDictionaryAsync(d => d.Code, d => d.FamilyName + " " + d.GivenName, cancellation);
        var today = region.DayOf(clock.GetUtcNow());
        var facts = await db.Facts.AsNoTracking().Where(f => f.PatientId == patientId).ToListAsync(cancellation);
        return
        [
            .. facts.Select(f => new TimelineEntry(f.At, f.Say(texts), texts["di {0}", f.ByName], null, false)),
            new(patient.RegisteredAt, texts["Registrazione nell'anagrafe"], null, null, false),
            .. patient.Assignments.Where(a => a.ValidFrom <= today).Select(a => new TimelineEntry(
                region.UtcOf(a.ValidFrom, TimeOnly.MinValue), texts["Entra nella lista di {0}", names[a.DoctorCode]], null, null, false)),
        ];
    }
}
