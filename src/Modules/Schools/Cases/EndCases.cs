using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.Schools.Contracts;

namespace Platform.Schools.Cases;

/// <summary>A decided case whose last measure is over is concluded: a later positive of the class opens another.</summary>
internal sealed class EndCases(SchoolsDb db, Region region, TimeProvider clock) : IScheduledJob
{
    public static string Name => "schools.end-cases";
    public static string Title => "Conclusione dei casi nelle classi a misure finite";
    public static string Cron => "0 5 5 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var today = region.DayOf(now);
        var over = await db.Cases.Where(c => c.State == SchoolCaseState.Decided
            && !c.Decisions.Any(d => d.State == DecisionState.Holds && (d.Until >= today || d.People.Any(p => p.Until >= today)))).ToListAsync(cancellation);
        foreach (var of in over)
        {
            of.End(now.UtcDateTime);
            db.Tell(new SchoolCaseEnded(of.Id, of.ClassId, of.SchoolCode, now.UtcDateTime));
        }

        await db.SaveChangesAsync(cancellation);
        return new("{0} casi conclusi", over.Count);
    }
}

/// <summary>Cases go some time after their end, with what was decided on them.</summary>
internal sealed class CasesForgotten(SchoolsDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.Schools;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        var cases = db.Cases.AsNoTracking()
            .Where(c => c.EndedAt < before && !c.Contacts.Any(p => held.Contains(p.PatientId)) && !c.Positives.Any(p => held.Contains(p.PatientId)))
            .OrderBy(c => c.EndedAt).ThenBy(c => c.Id).Select(c => new Forgotten(c.Id, null));
        return await forgetting.InBatches(db, What, cases, async ids =>
        {
            await db.PersonMeasures.Where(p => db.Decisions.Any(d => d.Id == p.DecisionId && ids.Contains(d.CaseId))).ExecuteDeleteAsync(cancellation);
            await db.Decisions.Where(d => ids.Contains(d.CaseId)).ExecuteDeleteAsync(cancellation);
            await db.CaseContacts.Where(c => ids.Contains(c.CaseId)).ExecuteDeleteAsync(cancellation);
            await db.CasePositives.Where(p => ids.Contains(p.CaseId)).ExecuteDeleteAsync(cancellation);
            await db.Cases.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
    }
}
