using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;

namespace Platform.Patients.People;

/// <summary>The dead, a term after their death, once no other module holds anything of theirs: with their codes, doctors, ties, openings, story
/// and the records that were merged into theirs. The living stay.</summary>
internal sealed class PeopleForgotten(PatientsDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.People;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var (day, held) = (DateOnly.FromDateTime(before), await forgetting.HeldBack(cancellation));
        var over = db.Patients.AsNoTracking().IgnoreAutoIncludes().Where(p => p.DiedOn < day && !held.Contains(p.Id)).OrderBy(p => p.DiedOn).ThenBy(p => p.Id)
            .Select(p => new Forgotten(p.Id, p.Id));
        return await forgetting.InBatches(db, What, over, async ids =>
        {
            List<Guid> all = [.. ids, .. await db.MergedInto(ids).Select(p => p.Id).ToListAsync(cancellation)];
            await db.Words.Where(r => all.Contains(r.PatientId)).ExecuteDeleteAsync(cancellation);
            await db.GpAssignments.Where(r => all.Contains(r.PatientId)).ExecuteDeleteAsync(cancellation);
            await db.Identities.Where(r => all.Contains(r.PatientId)).ExecuteDeleteAsync(cancellation);
            await db.Grants.Where(r => all.Contains(r.PatientId)).ExecuteDeleteAsync(cancellation);
            await db.GrantRequests.Where(r => all.Contains(r.PatientId)).ExecuteDeleteAsync(cancellation);
            await db.Openings.Where(r => all.Contains(r.PatientId)).ExecuteDeleteAsync(cancellation);
            await db.Ties.Where(r => all.Contains(r.PatientId) || all.Contains(r.ProxyPatientId)).ExecuteDeleteAsync(cancellation);
            await db.Merges.Where(r => all.Contains(r.PatientId) || all.Contains(r.MergedPatientId)).ExecuteDeleteAsync(cancellation);
            await db.Facts.Where(r => all.Contains(r.PatientId)).ExecuteDeleteAsync(cancellation);
            await db.Holds.Where(r => all.Contains(r.PatientId)).ExecuteDeleteAsync(cancellation);
            await db.Patients.IgnoreQueryFilters().Where(p => all.Contains(p.Id)).ExecuteDeleteAsync(cancellation);
            db.Tell(new PatientsForgotten([.. all]));
        }, cancellation);
    }
}

/// <summary>Whom any other module names, under whichever of her ids.</summary>
internal sealed class PeopleNamedElsewhere(PatientsDb db, StillNamed named) : IStillNeeds
{
    public string What => Retention.People;

    public async Task<IReadOnlyCollection<Guid>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var survivors = await db.MergedInto(ids).Select(p => new { p.Id, Survivor = p.MergedInto!.Value }).ToDictionaryAsync(p => p.Id, p => p.Survivor, cancellation);
        var found = await named.Outside(db, [.. ids, .. survivors.Keys], cancellation);
        return [.. found.Select(id => survivors.GetValueOrDefault(id, id))];
    }
}

internal static class MergedRecords
{
    public static IQueryable<Patient> MergedInto(this PatientsDb db, IReadOnlyCollection<Guid> ids) =>
        db.Patients.AsNoTracking().IgnoreQueryFilters().IgnoreAutoIncludes().Where(p => p.MergedInto != null && ids.Contains(p.MergedInto.Value));
}
