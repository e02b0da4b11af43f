using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Archive;

/// <summary>Takes negative people's data out of the tests once the time for fetching them is over, and seals them in the archive. What is counted stays.</summary>
internal sealed class Archivist(QuickSwabsDb db, Forgetting forgetting, CollectionGuard guard, Region region, TimeProvider clock)
{
    private const int BatchSize = 200;

    public async Task<(int Archived, int Codes, int Preregistrations)> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var before = now.UtcDateTime.AddHours(-region.QuickSwabs.Limit(QuickSwabRules.NegativesHours, region.DayOf(now)));
        var held = await forgetting.HeldBack(cancellation);
        var finder = await ArchiveFinder.Open(db, cancellation);
        var archived = 0;
        while (true)
        {
            var over = await db.Swabs.Include(s => s.Versions)
                .Where(s => s.ArchivedAt == null && s.Result == QuickSwabResult.Negative && s.ResultAt < before && !held.Contains(s.PatientId!.Value)).OrderBy(s => s.ResultAt).Take(BatchSize).ToListAsync(cancellation);
            if (over.Count == 0)
                break;
            foreach (var swab in over)
            {
                db.Archived.Add(new()
                {
                    Id = swab.Id, Finder = finder.Of(swab.FiscalCode ?? swab.PatientId!.Value.ToString("N")), CollectedAt = swab.CollectedAt, ArchivedAt = now.UtcDateTime,
                    Person = JsonSerializer.Serialize(new ArchivedPerson(swab.PatientId!.Value, swab.FiscalCode, swab.FamilyName!, swab.GivenName!, swab.BirthDate!.Value, swab.Email)),
                });
                // The save sees a row without a person: whose it was is said here.
                db.Audit("archive", "quickswabs.QuickSwab", [swab.PatientId!.Value]);
                swab.Archive(now.UtcDateTime);
            }

            var ids = over.ConvertAll(s => s.Id);
            db.Codes.RemoveRange(await db.Codes.Where(c => ids.Contains(c.SwabId)).ToListAsync(cancellation));
            db.Preregistrations.RemoveRange(await db.Preregistrations.Where(p => ids.Contains(p.SwabId!.Value)).ToListAsync(cancellation));
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
            archived += over.Count;
        }

        var codes = await db.Codes.Where(c => c.ExpiresAt < now.UtcDateTime).ExecuteDeleteAsync(cancellation);
        var said = await db.Preregistrations.Where(p => p.ExpiresAt < now.UtcDateTime).ExecuteDeleteAsync(cancellation);
        await guard.Forget(db, cancellation);
        return (archived, codes, said);
    }
}

/// <summary>As it is sealed.</summary>
internal sealed record ArchivedPerson(Guid PatientId, string? FiscalCode, string FamilyName, string GivenName, DateOnly BirthDate, string? Email);

/// <summary>Every hour, so that nobody's data stay much longer than they may.</summary>
internal sealed class ArchiveNegatives(Archivist archivist) : IForgettingJob
{
    public static string Name => "quickswabs.archive";
    public static string Title => "Porta in archivio i dati delle persone negative al test rapido";
    public static string Cron => "0 25 * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var (archived, codes, said) = await archivist.Run(cancellation);
        return new("{0} persone in archivio, {1} codici e {2} pre-registrazioni cancellati", archived, codes, said);
    }
}

/// <summary>Tests over their term.</summary>
internal sealed class QuickSwabsForgotten(QuickSwabsDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.QuickSwabs;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        var over = db.Swabs.AsNoTracking().Where(s => s.CollectedAt < before && (s.PatientId == null || !held.Contains(s.PatientId.Value))).OrderBy(s => s.CollectedAt).ThenBy(s => s.Id).Select(s => new Forgotten(s.Id, s.PatientId));
        return await forgetting.InBatches(db, What, over, async ids =>
        {
            await db.Codes.Where(c => ids.Contains(c.SwabId)).ExecuteDeleteAsync(cancellation);
            await db.Preregistrations.Where(p => ids.Contains(p.SwabId!.Value)).ExecuteDeleteAsync(cancellation);
            await db.Versions.Where(v => ids.Contains(v.SwabId)).ExecuteDeleteAsync(cancellation);
            await db.Swabs.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
    }
}

internal sealed class ArchiveForgotten(QuickSwabsDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.QuickSwabArchive;

    public Task<int> Forget(DateTime before, CancellationToken cancellation) => forgetting.InBatches(
        db, What, db.Archived.AsNoTracking().Where(a => a.ArchivedAt < before).OrderBy(a => a.ArchivedAt).ThenBy(a => a.Id).Select(a => new Forgotten(a.Id, null)),
        ids => db.Archived.Where(a => ids.Contains(a.Id)).ExecuteDeleteAsync(cancellation), cancellation);
}
