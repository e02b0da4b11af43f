using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Positives;

/// <summary>Reads from all the standing reports of some people when they were positive, and keeps that. Told again, or in another order,
/// it comes to the same.</summary>
internal sealed class KeepPositives(RefertiDb db, IMediator mediator, Region region)
{
    public async Task Of(IReadOnlyCollection<Guid> people, CancellationToken cancellation)
    {
        var kept = await db.Positivities.Where(p => people.Contains(p.PatientId)).ToListAsync(cancellation);
        var reports = await db.Reports.AsNoTracking()
            .Where(r => people.Contains(r.PatientId) && r.TestType != TestType.Serology && r.CurrentKind != ReportVersionKind.Annulment)
            .Where(r => db.Reports.Any(o => o.PatientId == r.PatientId && o.Result == ReportResult.Detected))
            .Select(r => new { r.PatientId, r.Id, r.CollectedAt, r.FirstIssuedAt, r.Result }).ToListAsync(cancellation);
        var spells = reports.GroupBy(r => r.PatientId).ToDictionary(g => g.Key, g => Spell.Of(
            g.Select(r => new ToldOfSwab(r.Id, r.CollectedAt ?? r.FirstIssuedAt, region.DayOf(r.FirstIssuedAt), r.Result)),
            day => region.Cases.Of(CaseRules.PositiveDays, day)));
        var registry = await mediator.Send(new PatientsByIds([.. spells.Where(s => s.Value.Count > 0).Select(s => s.Key)]), cancellation);
        foreach (var (person, spell) in spells.SelectMany(s => s.Value, (s, spell) => (s.Key, spell)).Where(s => registry.ContainsKey(s.Key)))
        {
            var row = kept.Find(p => p.Id == spell.Report) ?? db.Positivities.Add(new() { Id = spell.Report, PatientId = person }).Entity;
            kept.Remove(row);
            row.PatientId = person;
            row.Say(spell);
            row.Follow(registry[person], region);
        }

        db.Positivities.RemoveRange(kept);
    }
}

internal sealed class WhenReportIssuedPositivesAreKept(RefertiDb db, KeepPositives keep) : IGroupReaction<ReportIssued>
{
    public async Task React(IReadOnlyList<Told<ReportIssued>> told, CancellationToken cancellation)
    {
        await keep.Of([.. told.Where(t => t.Event.TestType != TestType.Serology).Select(t => t.Event.PatientId).Distinct()], cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
