using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;

namespace Platform.Patients.Ties;

/// <summary>What citizens' features ask: who acts for whom today. Nobody acts for the dead, nor do they.</summary>
internal sealed class ProxyAnswers(PatientsDb db, Region region, TimeProvider clock) :
    IRequestHandler<ProxiesOf, IReadOnlyList<Proxy>>,
    IRequestHandler<MayActFor, bool>,
    IRequestHandler<PeopleActedForBy, IReadOnlyList<PatientSummary>>
{
    private IQueryable<Tie> Today
    {
        get
        {
            var today = region.DayOf(clock.GetUtcNow());
            return db.Ties.AsNoTracking().Where(t => t.ValidFrom <= today && (t.ValidTo == null || t.ValidTo >= today)
                && db.Patients.Any(p => p.Id == t.PatientId && p.DiedOn == null) && db.Patients.Any(p => p.Id == t.ProxyPatientId && p.DiedOn == null));
        }
    }

    public async Task<IReadOnlyList<Proxy>> Handle(ProxiesOf request, CancellationToken cancellationToken) =>
        await Today.Where(t => t.PatientId == request.PatientId).OrderBy(t => t.ValidFrom).ThenBy(t => t.Id)
            .Select(t => new Proxy(t.ProxyPatientId, t.Kind, t.ValidFrom, t.ValidTo)).ToListAsync(cancellationToken);

    public async Task<bool> Handle(MayActFor request, CancellationToken cancellationToken) =>
        request.ProxyPatientId == request.PatientId
        || await Today.AnyAsync(t => t.PatientId == request.PatientId && t.ProxyPatientId == request.ProxyPatientId, cancellationToken);

    public async Task<IReadOnlyList<PatientSummary>> Handle(PeopleActedForBy request, CancellationToken cancellationToken)
    {
        var ids = await Today.Where(t => t.ProxyPatientId == request.ProxyPatientId).Select(t => t.PatientId).Distinct().ToListAsync(cancellationToken);
        var people = await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.BirthDate).ThenBy(p => p.Id).ToListAsync(cancellationToken);
        return [.. people.Select(p => p.Summary())];
    }
}
