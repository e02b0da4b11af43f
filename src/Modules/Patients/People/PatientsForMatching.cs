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
        var found = await db.Patients.AsNoTracking().Where(p => codes.Contains(p.FiscalCode!)).ToListAsync(cancellationToken);
        return found.ToLookup(p => p.FiscalCode!, p => p.Summary());
    }
}
