using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Facts;
using Platform.Patients.People;

namespace Platform.Patients.Grants;

/// <summary>Makes a person visible to another ASL, whether somebody asked for it or not. The caller saves.</summary>
internal sealed class Granting(PatientsDb db, Story story, ICurrentUser user, Region region, TimeProvider clock)
{
    /// <param name="patient">In charge of the asker, with her grants.</param>
    public Grant Give(Patient patient, Guid id, Asl asl, DateOnly from, DateOnly until, string reason)
    {
        CheckOther(patient, asl.Code);
        if (patient.Grants.Any(g => g.AslCode == asl.Code && g.RevokedAt is null && g.ValidFrom <= until && from <= g.ValidTo))
            throw new Refusal("grant-overlaps", "In questi giorni la persona è già visibile a questa ASL.");
        var now = clock.GetUtcNow();
        var own = user.ScopesOf(PatientsModule.Grant).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code)
            .FirstOrDefault(a => a == patient.AslCode || a == patient.DomicileAsl) ?? patient.AslCode;
        var grant = Grant.Give(id, patient.Id, asl.Code, own, reason, from, until, region.DayOf(now), now.UtcDateTime, user.Id, user.DisplayName);
        patient.Show(grant);
        db.Grants.Add(grant);
        story.Tell(patient.Id, FactKind.GrantMade, asl.Name, Words.Day(from), Words.Day(until), grant.Reason);
        if (grant.InForce)
            db.Tell(new PatientChanged(patient.Summary()));
        return grant;
    }

    public static void CheckOther(Patient patient, string asl)
    {
        if (asl == patient.AslCode || asl == patient.DomicileAsl)
            throw new Refusal("asl-in-charge", "Questa ASL ha già in carico la persona.");
    }
}
