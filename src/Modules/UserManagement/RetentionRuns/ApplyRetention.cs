using System.Globalization;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.UserManagement.RetentionRuns;

/// <summary>Each night everything whose time is over is forgotten, kind by kind; a night that was missed is made good by the next.</summary>
internal sealed class ApplyRetention(IEnumerable<IForgets> kinds, Region region, TimeProvider clock) : IScheduledJob
{
    public static string Name => "users.apply-retention";
    public static string Title => "Cancella ciò che è oltre il suo termine di conservazione";
    public static string Cron => "0 30 2 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var said = new List<string>();
        foreach (var kind in kinds.OrderBy(k => k.What, StringComparer.Ordinal))
        {
            var days = region.Retention.DaysOf(kind.What, region.DayOf(now));
            var gone = await kind.Forget(now.UtcDateTime.AddDays(-days), cancellation);
            said.Add(string.Create(CultureInfo.InvariantCulture, $"{kind.What}: {gone}"));
        }

        return new("cancellati: {0}", string.Join(", ", said));
    }
}
