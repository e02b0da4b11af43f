using MediatR;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Platform.Schools.Cases;

/// <summary>Puts the facts of a case before a rule set.</summary>
internal sealed class CaseProposals(SchoolsDb db, IMediator mediator, Region region)
{
    private const string Disease = "covid-19";

    public async Task<ClassFacts> FactsOf(SchoolCase of, DateOnly day, CancellationToken cancellation)
    {
        // Those of a case of the class that has ended count as well, when they are near enough.
        var positives = await db.CasePositives.AsNoTracking().Where(p => p.ClassId == of.ClassId && p.LostAt == null).ToListAsync(cancellation);
        var ill = of.Positives.Where(p => p.LostAt is null).Select(p => p.PatientId).ToHashSet();
        var contacts = of.Contacts.Where(c => !ill.Contains(c.PatientId)).DistinctBy(c => c.PatientId).ToList();
        var known = await mediator.Send(new ProtectionOf([.. contacts.Select(c => c.PatientId)], Disease), cancellation);
        return new(of.Level, day, [.. positives.GroupBy(p => p.PatientId, (_, same) => same.Min(p => p.SampledOn))],
            [.. contacts.Select(c => new ContactFacts(c.PatientId, c.Part, c.LastExposure, known.GetValueOrDefault(c.PatientId, KnownProtection.Nothing), c.Exempt))]);
    }

    /// <param name="set">To try it; null for the one of the day.</param>
    public async Task<Proposal?> For(SchoolCase of, DateOnly day, string? set, CancellationToken cancellation)
    {
        var facts = await FactsOf(of, day, cancellation);
        if (set is null)
            return region.SchoolRules.Propose(facts);
        return region.SchoolRules.Find(set, RuleSet.WordOf(of.Level)) is { } tried ? region.SchoolRules.Propose(tried, facts) : null;
    }
}
