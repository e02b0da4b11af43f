using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Jobs;

namespace Platform.Referti.Collection;

/// <summary>Counts of yesterday, codes and sessions that no longer open anything are of no use to anybody.</summary>
internal sealed class ForgetAttempts(RefertiDb db, CollectionGuard guard, TimeProvider clock) : IForgettingJob
{
    public static string Name => "referti.forget-attempts";
    public static string Title => "Dimentica i tentativi di ritiro e i codici scaduti";
    public static string Cron => "0 40 3 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var attempts = await guard.Forget(db, cancellation);
        var codes = await db.CollectionCodes.Where(c => c.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        var longest = now - CitizenSession.Longest;
        await db.CitizenSessions.Where(s => s.OpenedAt < longest).ExecuteDeleteAsync(cancellation);
        return new("{0} conteggi e {1} codici cancellati", attempts, codes);
    }
}
