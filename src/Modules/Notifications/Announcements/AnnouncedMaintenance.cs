using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Web;

namespace Platform.Notifications.Announcements;

/// <summary>What every page says of planned maintenance. One small query every few seconds for a whole host; when the database does
/// not answer, pages go on without.</summary>
internal sealed partial class AnnouncedMaintenance(
    IServiceScopeFactory scopes, StandInPage page, TimeProvider clock, ILogger<AnnouncedMaintenance> log) : IMaintenanceNotices
{
    private const int Most = 5;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private volatile Known known = new([], default);
    private int asking;

    /// <summary>The next page asks anew; other hosts do within seconds.</summary>
    public void Forget() => known = known with { At = default };

    public async ValueTask<IReadOnlyList<MaintenanceNotice>> Shown(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return [.. (await Open(now)).Where(a => a.ShownFrom <= now)
            .Select(a => new MaintenanceNotice(a.StartsAt <= now, page.When(a), Texts.Italian ? a.TextIt : a.TextEn))];
    }

    public async ValueTask<ClosedSign?> Closed(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return (await Open(now)).Where(a => a.Closes && a.StartsAt <= now).MaxBy(a => a.EndsAt) is { } closing ? page.Sign(closing) : null;
    }

    private async ValueTask<IEnumerable<Announcement>> Open(DateTime now)
    {
        // One page asks, the others show meanwhile what was known.
        if (now - known.At >= Kept && Interlocked.Exchange(ref asking, 1) == 0)
        {
            try
            {
                known = new(await Ask(now), now);
            }
            finally
            {
                Volatile.Write(ref asking, 0);
            }
        }

        return known.Open.Where(a => now < a.EndsAt);
    }

    private async Task<IReadOnlyList<Announcement>> Ask(DateTime now)
    {
        // Not the request's own: a visitor who leaves must not leave the others without.
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<NotificationsDb>().Announcements.AsNoTracking()
                .Where(a => a.CalledOffAt == null && a.EndsAt > now).OrderBy(a => a.StartsAt).Take(Most).ToListAsync(patience.Token);
        }
#pragma warning disable CA1031 // whatever is wrong with the database, a page must not fail for its strip
        catch (Exception failure)
#pragma warning restore CA1031
        {
            NotRead(failure.GetType().Name);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "Announcements of maintenance could not be read: {Failure}")]
    private partial void NotRead(string failure);

    private sealed record Known(IReadOnlyList<Announcement> Open, DateTime At);
}
