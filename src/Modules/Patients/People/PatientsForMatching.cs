using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Patients.Contracts;

namespace Platform.Patients.People;

/// <summary>What the matching of many reports asks of the registry at once: by any id and any code that was ever hers.</summary>
internal sealed class PatientsForMatching(PatientsDb db) :
    IRequestHandler<PatientsByIds, IReadOnlyDictionary<Guid, PatientSummary>>,
    IRequestHandler<PatientsByFiscalCodes, ILookup<string, PatientSummary>>
{
    public async Task<IReadOnlyDictionary<Guid, PatientSummary>> Handle(PatientsByIds request, CancellationToken cancellationToken)
    {
        var found = await ById([.. request.Ids.Distinct()], cancellationToken);
        var missing = request.Ids.Where(id => !found.ContainsKey(id)).Distinct().ToList();
        if (missing.Count == 0)
            return found;
        var merged = await db.Patients.IgnoreQueryFilters().Where(p => missing.Contains(p.Id) && p.MergedInto != null)
            .ToDictionaryAsync(p => p.Id, p => p.MergedInto!.Value, cancellationToken);
        var survivors = await ById([.. merged.Values.Distinct()], cancellationToken);
        foreach (var (id, survivor) in merged)
            found[id] = survivors[survivor];
        return found;
    }

    public async Task<ILookup<string, PatientSummary>> Handle(PatientsByFiscalCodes request, CancellationToken cancellationToken)
    {
        var codes = request.FiscalCodes.Select(PersonCode.Tidy).Distinct().ToList();
        var others = await db.Identities.Where(i => codes.Contains(i.Value)).Select(i => new { i.Value, i.PatientId }).ToListAsync(cancellationToken);
        var ids = others.Select(i => i.PatientId).ToList();
        var people = await db.Patients.AsNoTracking().Where(p => codes.Contains(p.FiscalCode!) || ids.Contains(p.Id)).ToListAsync(cancellationToken);
        var asked = codes.ToHashSet(StringComparer.Ordinal);
        return people.Select(p => p.Summary())
            .SelectMany(p => p.OtherCodes.Append(p.FiscalCode).OfType<string>().Where(asked.Contains), (p, code) => (code, p))
            .ToLookup(found => found.code, found => found.p);
    }

    private async Task<Dictionary<Guid, PatientSummary>> ById(List<Guid> ids, CancellationToken cancellation) =>
        (await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(cancellation)).ToDictionary(p => p.Id, p => p.Summary());
}
