using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.Schools.People;

/// <summary>Who belonged to a class goes some time after having left it, the reports after they were handled, with the lists they came from.</summary>
internal sealed class PeopleForgotten(SchoolsDb db, Forgetting forgetting, Region region) : IForgets
{
    public string What => Retention.Schools;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        var day = region.DayOf(new DateTimeOffset(before, TimeSpan.Zero));
        var links = db.Links.AsNoTracking().Where(l => l.Until < day && !held.Contains(l.PatientId))
            .OrderBy(l => l.Until).ThenBy(l => l.Id).Select(l => new Forgotten(l.Id, l.PatientId));
        var gone = await forgetting.InBatches(db, What, links, ids => db.Links.Where(l => ids.Contains(l.Id)).ExecuteDeleteAsync(cancellation), cancellation);
        var reports = db.Reports.AsNoTracking()
            .Where(r => r.HandledAt < before && (r.PatientId == null || !held.Contains(r.PatientId.Value)) && !r.Contacts.Any(c => held.Contains(c.PatientId)))
            .OrderBy(r => r.HandledAt).ThenBy(r => r.Id).Select(r => new Forgotten(r.Id, r.PatientId));
        gone += await forgetting.InBatches(db, What, reports, async ids =>
        {
            await db.ReportContacts.Where(c => ids.Contains(c.ReportId)).ExecuteDeleteAsync(cancellation);
            await db.Reports.Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
        return gone + await db.ClassLists.Where(l => l.ReceivedAt < before).ExecuteDeleteAsync(cancellation);
    }
}

/// <summary>Lists that were handed in and not brought in are a second copy of people's data.</summary>
internal sealed class ListsForgotten(SchoolsDb db) : IForgets
{
    public string What => Retention.RefusedRows;

    public Task<int> Forget(DateTime before, CancellationToken cancellation) =>
        db.ClassLists.Where(l => l.ReceivedAt < before && l.AppliedAt == null).ExecuteDeleteAsync(cancellation);
}
