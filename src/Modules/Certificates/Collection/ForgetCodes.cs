using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Jobs;

namespace Platform.Certificates.Collection;

/// <summary>Counts of yesterday, and codes that no longer open anything, are of no use to anybody.</summary>
internal sealed class ForgetCodes(CertificatesDb db, CollectionGuard guard, TimeProvider clock) : IForgettingJob
{
    public static string Name => "certificates.forget-codes";
    public static string Title => "Dimentica i tentativi e i codici scaduti per ritirare le certificazioni";
    public static string Cron => "0 45 3 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var attempts = await guard.Forget(db, cancellation);
        var codes = await db.Codes.Where(c => c.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        return new("{0} conteggi e {1} codici cancellati", attempts, codes);
    }
}
