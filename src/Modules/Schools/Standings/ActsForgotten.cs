using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.Schools.Standings;

/// <summary>What followed from decisions goes with them; so do families' answers, some time after the day that they were for.</summary>
internal sealed class ActsForgotten(SchoolsDb db, Forgetting forgetting, Region region) : IForgets
{
    public string What => Retention.Schools;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        var day = region.DayOf(new DateTimeOffset(before, TimeSpan.Zero));
        var standings = db.Standings.AsNoTracking().Where(s => s.Until < day && !db.FamilyLetters.Any(l => l.StandingId == s.Id && held.Contains(l.PatientId)) && !db.TestedPeople.Any(p => p.StandingId == s.Id && held.Contains(p.PatientId)))
            .OrderBy(s => s.Until).ThenBy(s => s.Id).Select(s => new Forgotten(s.Id, null));
        var gone = await forgetting.InBatches(db, What, standings, async ids =>
        {
            await db.FamilyLetters.Where(l => ids.Contains(l.StandingId)).ExecuteDeleteAsync(cancellation);
            await db.TestedPeople.Where(p => ids.Contains(p.StandingId)).ExecuteDeleteAsync(cancellation);
            await db.ClassTests.Where(t => ids.Contains(t.StandingId)).ExecuteDeleteAsync(cancellation);
            await db.Standings.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
        var consents = db.Consents.AsNoTracking().Where(c => c.Day < day && !held.Contains(c.PatientId)).OrderBy(c => c.Day).ThenBy(c => c.Id).Select(c => new Forgotten(c.Id, c.PatientId));
        return gone + await forgetting.InBatches(db, What, consents, ids => db.Consents.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(cancellation), cancellation);
    }
}
