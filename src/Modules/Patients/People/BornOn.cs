using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Patients.Contracts;

namespace Platform.Patients.People;

internal sealed class BornOn(PatientsDb db) : IRequestHandler<PatientsBornOn, IReadOnlyList<PatientSummary>>
{
    // In a region of five million some two hundred are born on the same day.
    private const int Most = 2000;

    public async Task<IReadOnlyList<PatientSummary>> Handle(PatientsBornOn request, CancellationToken cancellationToken)
    {
        var days = request.Days.Distinct().ToArray();
        return [.. (await db.Patients.AsNoTracking().Where(p => days.Contains(p.BirthDate)).OrderBy(p => p.Id).Take(Most).ToListAsync(cancellationToken))
            .Select(p => p.Summary())];
    }
}
