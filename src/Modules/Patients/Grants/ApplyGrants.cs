using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Patients.Grants;

/// <summary>Each night, grants whose days begin come into force and those whose days are over cease; a night that was
/// missed is made good by the next run.</summary>
internal sealed class ApplyGrants(IServiceScopeFactory scopes, Region region, TimeProvider clock) : IScheduledJob
{
    private const int AtATime = 200;

    public static string Name => "patients.apply-grants";
    public static string Title => "Applica le visibilità concesse ad altre ASL che cominciano o finiscono oggi";
    public static string Cron => "0 1 0 * * ?";

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
            var behind = await db.Patients
                .Where(p => p.Grants.Any(g => g.InForce != (g.RevokedAt == null && g.ValidFrom <= today && g.ValidTo >= today)))
                .OrderBy(p => p.Id).Take(AtATime).ToListAsync(cancellation);
            found = behind.Count;
            foreach (var patient in behind)
            {
                changed += patient.Grants.Count(g => g.FollowDays(today));
                db.Tell(new PatientChanged(patient.Summary()));
            }

            await db.SaveChangesAsync(cancellation);
        }
        while (found == AtATime);

        return new("{0} visibilità cominciate o finite oggi", changed);
    }
}
