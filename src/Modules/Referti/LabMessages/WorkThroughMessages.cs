using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Jobs;

namespace Platform.Referti.LabMessages;

/// <summary>The safety net under the intake: messages that were stored and whose work was cut off, by a fault or a stop.
/// One that fails again waits longer each time, behind the others; in the end a person gets it.</summary>
internal sealed class WorkThroughMessages(RefertiDb db, Intake intake, TimeProvider clock, ILogger<WorkThroughMessages> log) : IScheduledJob
{
    private const int Armful = 500;

    public static string Name => "referti.work-through-messages";
    public static string Title => "Riprende i messaggi dei laboratori rimasti a metà";
    public static string Cron => "30 * * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var left = await db.Messages.AsNoTracking().Where(m => m.State == LabMessageState.Accepted && m.TryAgainAt <= now)
            .OrderBy(m => m.TryAgainAt).Take(Armful).Select(m => new { m.Id, m.SenderId }).ToListAsync(cancellation);
        foreach (var message in left)
        {
            try
            {
                await intake.WorkThrough(message.Id, message.SenderId, cancellation);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // It has its pause already; the exception's words may quote data.
                log.LogError("Message {MessageId} was not worked through: {Failure}\n{Where}", message.Id, failure.GetType().Name, failure.StackTrace);
            }
        }

        return new("{0} messaggi ripresi", left.Count);
    }
}
