using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.RetentionRuns;

/// <summary>How long what is kept, by which rule, and what the last nights took away: every job that forgets, of whatever module.</summary>
[Requires(UserManagementModule.SeeRetention)]
internal sealed record RetentionReport : IQuery<RetentionReportAnswer>
{
    private const int RunsShown = 30;

    internal sealed class Handler(IServiceProvider services, JobRunner runner, ModuleOfType modules, Region region, TimeProvider clock) : IRequestHandler<RetentionReport, RetentionReportAnswer>
    {
        public async Task<RetentionReportAnswer> Handle(RetentionReport request, CancellationToken cancellationToken)
        {
            var today = region.DayOf(clock.GetUtcNow());
            var jobs = new List<RetentionJob>();
            foreach (var job in runner.All.Where(j => j.Type.IsAssignableTo(typeof(IForgettingJob))))
            {
                var db = (ModuleDb)services.GetRequiredService(modules.Of(job.Type).Db!);
                jobs.Add(new(job.Title, await db.JobRuns.AsNoTracking().Where(r => r.Job == job.Name).OrderByDescending(r => r.StartedAt).Take(RunsShown).ToListAsync(cancellationToken)));
            }

            return new([.. region.Retention.Rules.Where(r => r.Valid.On(today)).OrderBy(r => r.What, StringComparer.Ordinal)], jobs);
        }
    }
}

/// <param name="Title">Italian, the key of its translation.</param>
internal sealed record RetentionJob(string Title, IReadOnlyList<JobRun> Runs);

internal sealed record RetentionReportAnswer(IReadOnlyList<RetentionRule> Rules, IReadOnlyList<RetentionJob> Jobs);
