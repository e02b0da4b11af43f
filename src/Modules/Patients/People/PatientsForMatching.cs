using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Patients.Contracts;

namespace Platform.Patients.People;

/// <summary>What the matching of many reports asks of the registry at once.</summary>
internal sealed class PatientsForMatching(PatientsDb db) :
    IRequestHandler<PatientsByIds, IReadOnlyDictionary<Guid, PatientSummary>>,
    IRequestHandler<PatientsByFiscalCodes, ILookup<string, PatientSummary>>
{
    public async Task<IReadOnlyDictionary<Guid, PatientSummary>> Handle(PatientsByIds request, CancellationToken cancellationToken) =>
        (await db.Patients.AsNoTracking().Where(p => request.Ids.Contains(p.Id)).ToListAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Summary());

    public async Task<ILookup<string, PatientSummary>> Handle(PatientsByFiscalCodes request, CancellationToken cancellationToken)
    {
        var codes = request.FiscalCodes.Select(PeopleSearch.Together).Distinct().ToList();
        var other = await db.Identities.Where(i => codes.Contains(i.Value)).Select(i => new { i.Value, i.PatientId }).ToListAsync(cancellationToken);
        var ids = other.Select(i => i.PatientId).Distinct().ToList();
        var found = (await db.Patients.AsNoTracking().Where(p => codes.Contains(p.FiscalCode!) || ids.Contains(p.Id)).ToListAsync(cancellationToken))
            .ToDictionary(p => p.Id, p => p.Summary());
        // By the codice fiscale of today, and by STP, ENI, provisional and former codes; each person once for a code.
        return found.Values.Where(p => p.FiscalCode is not null).Select(p => (Code: p.FiscalCode!, Person: p))
            .Concat(other.Where(i => found.ContainsKey(i.PatientId)).Select(i => (Code: i.Value, Person: found[i.PatientId])))
            .DistinctBy(p => (p.Code, p.Person.Id)).ToLookup(p => p.Code, p => p.Person);
    }
}
