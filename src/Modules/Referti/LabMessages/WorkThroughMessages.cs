using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;

namespace Platform.Referti.LabMessages;

/// <summary>The safety net under the intake: messages that were stored and whose work was cut off, by a fault or a stop.</summary>
internal sealed class WorkThroughMessages(RefertiDb db, Intake intake, TimeProvider clock) : IScheduledJob
{
    private const int Armful = 500;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    public static string Name => "referti.work-through-messages";
    public static string Title => "Riprende i messaggi dei laboratori rimasti a metà";
    public static string Cron => "30 * * * * ?";

    public async Task<string> Run(CancellationToken cancellation)
    {
        var before = clock.GetUtcNow().UtcDateTime - Grace;
        var left = await db.Messages.AsNoTracking().Where(m => m.State == LabMessageState.Accepted && m.ReceivedAt < before)
            .OrderBy(m => m.ReceivedAt).Take(Armful).Select(m => new { m.Id, m.SenderId }).ToListAsync(cancellation);
        foreach (var message in left)
            await intake.WorkThrough(message.Id, message.SenderId, cancellation);
        return $"{left.Count} messaggi ripresi";
    }
}
