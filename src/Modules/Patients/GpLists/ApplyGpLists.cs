using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Patients.GpLists;

/// <summary>Each night, whoever's validity on a list begins or has ended gets the doctor of the day. A night that was
/// missed is made good by the next run: what counts is where row and assignments disagree.</summary>
internal sealed class ApplyGpLists(IServiceScopeFactory scopes, Region region, TimeProvider clock) : IScheduledJob
{
    private const int AtATime = 500;

    public static string Name => "patients.apply-gp-lists";
    public static string Title => "Applica le scelte del medico che cominciano o finiscono oggi";
    public static string Cron => "0 2 0 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var today = region.DayOf(clock.GetUtcNow());
        var changed = 0;
        int found;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform();
            var db = scope.ServiceProvider.GetRequiredService<PatientsDb>();
            var behind = await db.Patients.Include(p => p.Assignments)
                .Where(p =>
                    p.Assignments.Any(a => a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today) && a.DoctorCode != p.GpCode)
                    || (p.GpCode != null && !p.Assignments.Any(a => a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today))))
                .OrderBy(p => p.Id).Take(AtATime).ToListAsync(cancellation);
            found = behind.Count;
            foreach (var patient in behind.Where(p => p.FollowLists(today)))
            {
                db.Tell(new PatientChanged(patient.Summary()));
                changed++;
            }

            await db.SaveChangesAsync(cancellation);
        }
        while (found == AtATime);

        return new("{0} persone hanno da oggi un altro medico", changed);
    }
}
