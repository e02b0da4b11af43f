using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Jobs;

namespace Platform.Notifications.Announcements;

/// <summary>Keeps the page that stands in for the service in the folder (<c>Maintenance:PageFolder</c>) from which a proxy serves it
/// when no host answers: docs/operations/maintenance.md.</summary>
internal sealed class WriteStandIn(NotificationsDb db, StandInPage page, IConfiguration configuration, TimeProvider clock) : IScheduledJob
{
    public static string Name => "notifications.stand-in-page";
    public static string Title => "Aggiorna la pagina mostrata quando il servizio è spento";
    public static string Cron => "40 * * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        if (configuration["Maintenance:PageFolder"] is not { Length: > 0 } folder)
            return new("nessuna cartella configurata");
        var announcement = await Current(cancellation);
        Directory.CreateDirectory(folder);
        var changed = await Write(Path.Combine(folder, "closed.html"), page.Html(announcement), cancellation)
            | await Write(Path.Combine(folder, "closed.json"), page.Problem(announcement), cancellation);
        return changed ? new("pagina aggiornata") : new("nulla di nuovo");
    }

    /// <summary>What there is to say today: the window that lasts, or the next one while everybody is told of it.</summary>
    public Task<Announcement?> Current(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.Announcements.AsNoTracking().Where(a => a.CalledOffAt == null && a.EndsAt > now && a.StartsAt <= now.AddHours(1))
            .OrderByDescending(a => a.Closes).ThenBy(a => a.StartsAt).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Whoever reads meanwhile reads the old file or the new one, never half of it.</summary>
    public static async Task<bool> Write(string file, string content, CancellationToken cancellation)
    {
        if (File.Exists(file) && await File.ReadAllTextAsync(file, cancellation) == content)
            return false;
        await File.WriteAllTextAsync(file + ".new", content, cancellation);
        File.Move(file + ".new", file, overwrite: true);
        return true;
    }
}
