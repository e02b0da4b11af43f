using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;

namespace Platform.Certificates.Collection;

/// <summary>Counts of yesterday, and codes that no longer open anything, are of no use to anybody.</summary>
internal sealed class ForgetCodes(CertificatesDb db, TimeProvider clock) : IForgettingJob
{
    public static string Name => "certificates.forget-codes";
    public static string Title => "Dimentica i tentativi e i codici scaduti per ritirare le certificazioni";
    public static string Cron => "0 45 3 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var yesterday = now.AddDays(-1);
        var attempts = await db.Attempts.Where(a => a.Since < yesterday).ExecuteDeleteAsync(cancellation);
        var codes = await db.Codes.Where(c => c.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        return new("{0} conteggi e {1} codici cancellati", attempts, codes);
    }
}
