using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Operations;

/// <summary>Every scheduled job with its last runs.</summary>
[Requires(PlatformPermissions.Operate)]
internal sealed record JobsAndRuns : IQuery<IReadOnlyList<JobWithRuns>>
{
    private const int RunsShown = 5;

    internal sealed class Handler(IServiceProvider services, JobRunner runner, ModuleOfType modules)
        : IRequestHandler<JobsAndRuns, IReadOnlyList<JobWithRuns>>
    {
        public async Task<IReadOnlyList<JobWithRuns>> Handle(JobsAndRuns request, CancellationToken cancellationToken)
        {
            var all = new List<JobWithRuns>();
            foreach (var job in runner.All)
            {
                var db = (ModuleDb)services.GetRequiredService(modules.Of(job.Type).Db!);
                all.Add(new(job.Name, job.Title, job.Cron, await db.JobRuns.AsNoTracking().Where(r => r.Job == job.Name)
                    .OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(RunsShown).ToListAsync(cancellationToken)));
            }

            return all;
        }
    }
}

internal sealed record JobWithRuns(string Name, string Title, string Cron, IReadOnlyList<JobRun> Runs);

/// <summary>An operator runs a job now.</summary>
[Requires(PlatformPermissions.Operate)]
internal sealed record RunJob : ICommand<Unit>
{
    public string Name { get; init; } = "";

    internal sealed class Handler(JobRunner runner) : IRequestHandler<RunJob, Unit>
    {
        public async Task<Unit> Handle(RunJob request, CancellationToken cancellationToken)
        {
            await runner.Run(request.Name, cancellationToken);
            return Unit.Value;
        }
    }
}
