using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.Schools.Contracts;
using Platform.Schools.People;
using Platform.Schools.Register;

namespace Platform.Schools.Cases;

/// <param name="SampledOn">In the region's time.</param>
/// <param name="LastInClass">Where the school said it; otherwise the day of the sample.</param>
/// <param name="InClass">Whom the school has ticked off; null for all who belong to the class.</param>
internal sealed record FoundPositive(
    Guid PatientId, DateOnly SampledOn, PositiveSource Source, Guid SourceId, int SourceVersion, DateOnly? LastInClass = null, IReadOnlyCollection<Guid>? InClass = null, IReadOnlyCollection<Guid>? Classes = null);

/// <summary>A confirmed positive of somebody who belongs to classes opens a case of each, or joins the one that is open.</summary>
internal sealed class OpenCase(SchoolsDb db, Region region, TimeProvider clock)
{
    public async Task Open(FoundPositive found, CancellationToken cancellation)
    {
        var since = found.SampledOn.AddDays(-ContactDays(found.SampledOn));
        var mine = db.Links.AsNoTracking().Where(l => l.PatientId == found.PatientId && l.ClassId != null && l.From <= found.SampledOn && (l.Until == null || l.Until >= since));
        if (found.Classes is { } said)
            mine = mine.Where(l => said.Contains(l.ClassId!.Value));
        var links = await mine.ToListAsync(cancellation);
        foreach (var link in links.DistinctBy(l => l.ClassId))
            await Open(found, link, cancellation);
    }

    /// <summary>What this source said holds no longer, in whatever case it counted.</summary>
    public async Task Lose(Guid source, LostGround why, CancellationToken cancellation)
    {
        var ids = await db.CasePositives.Where(p => p.SourceId == source && p.LostAt == null).Select(p => p.CaseId).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var of in await Whole().Where(c => ids.Contains(c.Id)).ToListAsync(cancellation))
        {
            if (of.Lose(source, why, now) is { } lost)
                db.Tell(new DecisionReopened(lost.Id, of.Id, of.ClassId, of.SchoolCode, of.AslCode, now));
            else if (of.State == SchoolCaseState.Ended)
                db.Tell(new SchoolCaseEnded(of.Id, of.ClassId, of.SchoolCode, now));
        }
    }

    public IQueryable<SchoolCase> Whole() => db.Cases.Include(c => c.Positives).Include(c => c.Contacts).Include(c => c.Decisions).AsSplitQuery();

    private async Task Open(FoundPositive found, SchoolLink link, CancellationToken cancellation)
    {
        if (await db.Classes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == link.ClassId, cancellation) is not { } of)
            return;
        var now = clock.GetUtcNow();
        var known = await Whole().Where(c => c.ClassId == of.Id && c.State != SchoolCaseState.Ended).OrderBy(c => c.OpenedAt).FirstOrDefaultAsync(cancellation);
        var joins = known ?? await New(of, now, cancellation);
        var last = found.LastInClass is { } told && told <= found.SampledOn ? told : found.SampledOn;
        var added = joins.Add(new CasePositive
        {
            Id = Guid.CreateVersion7(now), CaseId = joins.Id, ClassId = of.Id, PatientId = found.PatientId, Part = link.Part, SampledOn = found.SampledOn, LastInClass = last,
            Source = found.Source, SourceId = found.SourceId, SourceVersion = found.SourceVersion,
        });
        if (!added)
            return;
        foreach (var (contact, i) in (await Classmates(of.Id, found, last, cancellation)).Select((c, i) => (c, i)))
            joins.Add(new CaseContact { Id = Guid.CreateVersion7(now.AddMilliseconds(i)), CaseId = joins.Id, PatientId = contact.PatientId, Part = contact.Part, LastExposure = last });
        if (known is null)
        {
            db.Cases.Add(joins);
            db.Tell(new SchoolCaseOpened(joins.Id, of.Id, of.SchoolCode, of.AslCode, found.SampledOn));
        }
    }

    private async Task<SchoolCase> New(SchoolClass of, DateTimeOffset now, CancellationToken cancellation) => new()
    {
        Id = Guid.CreateVersion7(now), ClassId = of.Id, ClassName = of.Course.Length > 0 ? $"{of.Name} · {of.Course}" : of.Name, SchoolCode = of.SchoolCode,
        SchoolName = await db.Schools.Where(s => s.Code == of.SchoolCode).Select(s => s.Name).SingleAsync(cancellation), InstituteCode = of.InstituteCode,
        AslCode = of.AslCode, MunicipalityIstat = of.MunicipalityIstat, Level = of.Level, OpenedAt = now.UtcDateTime,
    };

    private async Task<List<SchoolLink>> Classmates(Guid of, FoundPositive found, DateOnly last, CancellationToken cancellation)
    {
        var since = last.AddDays(-ContactDays(found.SampledOn));
        var all = await db.Links.AsNoTracking().Where(l => l.ClassId == of && l.PatientId != found.PatientId && l.From <= last && (l.Until == null || l.Until >= since)).ToListAsync(cancellation);
        return [.. all.Where(l => found.InClass is null || found.InClass.Contains(l.PatientId)).DistinctBy(l => l.PatientId)];
    }

    private int ContactDays(DateOnly day) => (region.SchoolLimits.Of(SchoolLimits.ContactHours, day) + 23) / 24;
}
