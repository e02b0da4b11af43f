using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.People;

internal sealed class OfFiscalCode(PatientsDb db, IBirthPlaces places, Region region, TimeProvider clock) : IRequestHandler<PatientOfFiscalCode, PatientSummary?>
{
    public async Task<PatientSummary?> Handle(PatientOfFiscalCode request, CancellationToken cancellationToken)
    {
        var code = PersonCode.Tidy(request.FiscalCode);
        var people = await db.Patients.AsNoTracking().Where(p => db.HavingCode(code).Contains(p.Id)).Take(20).ToListAsync(cancellationToken);
        var today = people.Where(p => p.FiscalCode == code).ToList();
        if (today.Count > 0)
            return today.Count == 1 ? today[0].Summary() : null;
        var reading = FiscalCode.Read(code, places, region.DayOf(clock.GetUtcNow()));
        return people is [var before] && (before.BirthDate == reading.BirthDate || before.BirthDate == reading.OtherBirthDate) ? before.Summary() : null;
    }
}
