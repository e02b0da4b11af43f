using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.Patients.Contracts;

namespace Platform.QuickSwabs.Archive;

/// <summary>What the archive has of a person is hers too, though no column names her.</summary>
internal sealed class HeldInArchive(QuickSwabsDb db, IMediator mediator) : IHeldElsewhere
{
    public async Task<HeldTable> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var people = await mediator.Send(new PatientsByIds(ids), cancellation);
        var finder = await ArchiveFinder.Open(db, cancellation);
        var finders = people.Values.SelectMany(p => p.OtherCodes.Append(p.FiscalCode ?? "")).Where(c => c.Length > 0).Concat(ids.Select(i => i.ToString("N"))).Select(finder.Of).ToList();
        var rows = await db.Archived.AsNoTracking().Where(a => finders.Contains(a.Finder)).ToListAsync(cancellation);
        return new("quickswabs", "archived_swabs", [.. rows.Select(r => new Dictionary<string, object?> { ["id"] = r.Id, ["person"] = r.Person, ["collected_at"] = r.CollectedAt, ["archived_at"] = r.ArchivedAt })]);
    }
}
