using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.RetentionRuns;

/// <summary>How long what is kept, by which rule, and what the last nights took away.</summary>
[Requires(UserManagementModule.SeeRetention)]
internal sealed record RetentionReport : IQuery<RetentionReportAnswer>
{
    private const int RunsShown = 30;

    internal sealed class Handler(UserManagementDb db, Region region, TimeProvider clock) : IRequestHandler<RetentionReport, RetentionReportAnswer>
    {
        public async Task<RetentionReportAnswer> Handle(RetentionReport request, CancellationToken cancellationToken)
        {
            var today = region.DayOf(clock.GetUtcNow());
            return new([.. region.Retention.Rules.Where(r => r.Valid.On(today)).OrderBy(r => r.What, StringComparer.Ordinal)],
                await db.JobRuns.AsNoTracking().Where(r => r.Job == ApplyRetention.Name).OrderByDescending(r => r.StartedAt).Take(RunsShown).ToListAsync(cancellationToken));
        }
    }
}

internal sealed record RetentionReportAnswer(IReadOnlyList<RetentionRule> Rules, IReadOnlyList<JobRun> Runs)
{
    /// <summary>Italian, the key of its translation.</summary>
    public static string Title(string what) => what switch
    {
        Retention.RefusedRows => "Contenuto delle righe respinte nelle importazioni",
        Retention.SignIns => "Accessi degli utenti, riusciti e falliti",
        Retention.Mails => "Messaggi di posta elettronica spediti o non riusciti",
        _ => "Eventi tra i moduli già consegnati",
    };
}
