using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Quartz;

namespace Platform.BuildingBlocks.Jobs;

/// <summary>A declared job. The only folder that knows the scheduler is this one.</summary>
public sealed class JobEntry(Type type)
{
    public Type Type { get; } = type;
    public string Name { get; } = Read(type, nameof(IScheduledJob.Name));
    public string Title { get; } = Read(type, nameof(IScheduledJob.Title));
    public string Cron { get; } = Read(type, nameof(IScheduledJob.Cron));

    private static string Read(Type type, string property) =>
        (string)typeof(JobEntry).GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [property])!;

    private static string Of<TJob>(string property)
        where TJob : IScheduledJob => property switch
        {
            nameof(IScheduledJob.Name) => TJob.Name,
            nameof(IScheduledJob.Title) => TJob.Title,
            _ => TJob.Cron,
        };
}

/// <summary>Runs a job now and keeps the run in the schema of the module that declares it.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, IEnumerable<JobEntry> jobs, ModuleOfType modules, TimeProvider clock, ILogger<JobRunner> log)
{
    public IReadOnlyList<JobEntry> All { get; } = [.. jobs.OrderBy(j => j.Name, StringComparer.Ordinal)];

    public async Task Run(string name, CancellationToken cancellation)
    {
        var entry = All.FirstOrDefault(j => j.Name == name) ?? throw Refusal.NotFound();
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform();
        var run = new JobRun { Id = Guid.CreateVersion7(clock.GetUtcNow()), Job = name, StartedAt = clock.GetUtcNow().UtcDateTime };
        try
        {
            run.Did(await ((IScheduledJob)scope.ServiceProvider.GetRequiredService(entry.Type)).Run(cancellation));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            if (failure is DoneInPart part)
                run.Did(part.Outcome);
            else
                run.Outcome = (failure as Refusal)?.Code ?? failure.GetType().Name;
            run.Failed = true;
            log.LogError("The job {Job} failed: {Failure}\n{Where}", name, run.Outcome, failure.StackTrace);
        }

        run.EndedAt = clock.GetUtcNow().UtcDateTime;
        if (run.Outcome is { Length: > JobRun.OutcomeLength } text)
            run.Outcome = text[..JobRun.OutcomeLength];
        // A scope of its own: a job that failed half way leaves nothing of itself behind.
        await using var keep = scopes.CreateAsyncScope();
        var db = (ModuleDb)keep.ServiceProvider.GetRequiredService(modules.Of(entry.Type).Db!);
        db.JobRuns.Add(run);
        await db.SaveChangesAsync(cancellation);
    }
}

[DisallowConcurrentExecution]
internal sealed class QuartzJob(JobRunner runner) : IJob
{
    public const string JobName = "job";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await runner.Run((string)context.MergedJobDataMap[JobName]!, cancellationToken);
}

public static class Scheduling
{
    /// <summary>Schedules every declared job: in memory on the embedded engine, clustered in the database on a server.</summary>
    public static IServiceCollection AddSchedule(this IServiceCollection services, IDatabaseEngine engine, Region region)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(region.TimeZone);
        var jobs = services.Where(s => s.ServiceType == typeof(JobEntry)).Select(s => (JobEntry)s.ImplementationInstance!).ToList();
        services.AddQuartz(quartz =>
        {
            if (engine.Server is { } server)
            {
                quartz.UsePersistentStore(store =>
                {
                    if (engine.Name == "SqlServer")
                        store.UseSqlServer(server.Factory, server.ConnectionString);
                    else
                        store.UsePostgres(server.Factory, server.ConnectionString);
                    store.ProvisionSchema();
                    store.UseClustering();
                });
            }

            foreach (var job in jobs)
            {
                var key = new JobKey(job.Name);
                quartz.AddJob<QuartzJob>(j => j.WithIdentity(key).UsingJobData(QuartzJob.JobName, job.Name).StoreDurably());
                quartz.AddTrigger(t => t.WithIdentity(job.Name).ForJob(key).WithCronSchedule(job.Cron, c => c.InTimeZone(zone)));
            }
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        return services;
    }
}
