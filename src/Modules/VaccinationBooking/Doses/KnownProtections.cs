using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.Doses;

internal sealed class KnownProtections(VaccinationDb db, Region region) : IRequestHandler<ProtectionOf, IReadOnlyDictionary<Guid, KnownProtection>>
{
    public async Task<IReadOnlyDictionary<Guid, KnownProtection>> Handle(ProtectionOf request, CancellationToken cancellationToken)
    {
        var ids = request.Patients;
        var doses = (await db.Doses.AsNoTracking().Where(d => ids.Contains(d.PatientId) && d.Disease == request.Disease && d.Stands != null)
            .Select(d => new { d.PatientId, d.VaccineCode, d.Kind, d.Day }).ToListAsync(cancellationToken)).ToLookup(d => d.PatientId);
        var positives = (await db.Recoveries.AsNoTracking().Where(r => ids.Contains(r.PatientId) && r.Disease == request.Disease)
            .Select(r => new { r.PatientId, r.PositiveOn }).ToListAsync(cancellationToken)).ToLookup(r => r.PatientId, r => r.PositiveOn);
        return ids.Distinct().ToDictionary(id => id, id => new KnownProtection(
            [.. doses[id].OrderBy(d => d.Day).Select(d => new KnownDose(d.Kind, d.Day, d.Kind is DoseKind.Second or DoseKind.AfterInfection
                || (d.Kind == DoseKind.First && region.Vaccination.VaccineOf(d.VaccineCode, d.Day) is { Doses: 1 })))],
            [.. positives[id].Order()]));
    }
}
