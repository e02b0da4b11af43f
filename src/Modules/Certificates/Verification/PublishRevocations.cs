using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;

namespace Platform.Certificates.Verification;

/// <summary>What was revoked since the last list makes the next one, so that a verifier who works without a network fetches differences alone.</summary>
internal sealed class PublishRevocations(CertificatesDb db) : IScheduledJob
{
    public static string Name => "certificates.publish-revocations";
    public static string Title => "Pubblica l'elenco delle certificazioni revocate";
    public static string Cron => "0 0/15 * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var next = (await db.Revoked.MaxAsync(r => r.ListVersion, cancellation) ?? 0) + 1;
        var added = await db.Revoked.Where(r => r.ListVersion == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.ListVersion, next), cancellation);
        return new("{0} revoche pubblicate", added);
    }
}
