using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;

namespace Platform.VaccinationBooking.Doses;

internal static class PersonsCourse
{
    /// <summary>Which dose is due to her on that day.</summary>
    public static async Task<(Due Due, IReadOnlyList<PastDose> Doses)> DueTo(this VaccinationDb db, Region region, Guid patient, string disease, DateOnly? born, DateOnly day, CancellationToken cancellation)
    {
        var doses = (await db.Doses.AsNoTracking().Where(d => d.PatientId == patient && d.Disease == disease && d.Stands != null).OrderBy(d => d.GivenAt)
            .Select(d => new { d.VaccineCode, d.Kind, d.GivenAt }).ToListAsync(cancellation)).ConvertAll(d => new PastDose(d.VaccineCode, d.Kind, region.DayOf(d.GivenAt)));
        var positives = await db.Recoveries.AsNoTracking().Where(r => r.PatientId == patient && r.Disease == disease).Select(r => r.PositiveOn).ToListAsync(cancellation);
        return (Course.Of(doses, positives, region.Vaccination, disease, born, day), doses);
    }
}
