using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;

namespace Platform.Patients.Doctors;

internal sealed class DoctorsInServiceHandler(PatientsDb db, Region region, TimeProvider clock) : IRequestHandler<DoctorsInService, IReadOnlyList<DoctorSummary>>
{
    public async Task<IReadOnlyList<DoctorSummary>> Handle(DoctorsInService request, CancellationToken cancellationToken)
    {
        var (today, asls, code) = (region.DayOf(clock.GetUtcNow()), request.Asls.ToList(), request.Code);
        return await db.Doctors.AsNoTracking()
            .Where(d => (code == null ? asls.Contains(d.AslCode) : d.Code == code) && (d.EndsOn == null || d.EndsOn >= today))
            .OrderBy(d => d.FamilyName).ThenBy(d => d.GivenName)
            .Select(d => new DoctorSummary(d.Code, d.FamilyName + " " + d.GivenName, d.Paediatrician, d.AslCode)).ToListAsync(cancellationToken);
    }
}
