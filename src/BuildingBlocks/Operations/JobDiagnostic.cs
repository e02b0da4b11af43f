using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Operations;

/// <summary>Jobs whose last run failed, and jobs that should have run and did not.</summary>
internal sealed class JobDiagnostic(IServiceProvider services, JobRunner runner, ModuleOfType modules, Region region, TimeProvider clock) : IDiagnostic
{
    private const string Area = "Attività pianificate", Page = "/operations/jobs";

    public async Task<IReadOnlyList<Finding>> Look(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var limit = TimeSpan.FromMinutes(region.OperationLimits.Of(OperationLimits.JobMinutes, region.DayOf(now)));
        var last = new List<(JobEntry Job, JobRun? Run)>();
        foreach (var job in runner.All)
        {
            var db = (ModuleDb)services.GetRequiredService(modules.Of(job.Type).Db!);
            last.Add((job, await db.JobRuns.AsNoTracking().Where(r => r.Job == job.Name).OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancellation)));
        }

        // One that never ran is late by what the others say of when this installation began to work.
        var began = last.Select(l => l.Run?.StartedAt).Min();
        var found = new List<Finding>();
        foreach (var (job, run) in last)
        {
            if (run is { Failed: true })
                found.Add(new($"job-failed.{job.Name}", Area, "{0}: l’ultima esecuzione è fallita", [job.Name], Alarm: true, Page));
            if ((run?.StartedAt ?? began) is { } since && job.DueAfter(since, region.Zone) is { } due && due + limit < now.UtcDateTime)
                found.Add(new($"job-late.{job.Name}", Area, "{0}: in ritardo di {1} minuti", [job.Name, (int)(now.UtcDateTime - due).TotalMinutes], Alarm: true, Page));
        }

        if (found.Count == 0)
            found.Add(new("jobs", Area, "{0} attività, nessuna in ritardo o fallita", [last.Count], Link: Page));
        return found;
    }
}
