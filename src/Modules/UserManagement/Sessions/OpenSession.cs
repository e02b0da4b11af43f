using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;

namespace Platform.UserManagement.Sessions;

/// <summary>Somebody is inside. As long as the row is there its cookie opens, and no longer: a cookie that was copied dies with the session.</summary>
internal sealed class OpenSession
{
    public const int BrowserLength = 60;

    /// <summary>How precisely <see cref="SeenAt"/> is kept.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>Of the account when it was opened: with another one the session is over.</summary>
    public required string Stamp { get; init; }

    public required DateTime OpenedAt { get; init; }
    public required DateTime SeenAt { get; init; }

    /// <summary>By the sign-in, or by a proof since.</summary>
    public required DateTime ProvedAt { get; init; }

    public string? Address { get; init; }

    /// <summary>As people call it, to tell one session from another; empty for what no browser says.</summary>
    public required string Browser { get; init; }

    /// <summary>"Firefox, Windows" of what a browser says of itself; what each says contains the names of others, hence the order.</summary>
    public static string NameOf(string? agent)
    {
        static string First(string? text, params (string Sign, string Name)[] known) =>
            Array.Find(known, k => text?.Contains(k.Sign, StringComparison.Ordinal) == true).Name ?? "";
        string[] parts =
        [
            First(agent, ("Edg", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")),
            First(agent, ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")),
        ];
        return string.Join(", ", parts.Where(p => p.Length > 0));
    }
}

/// <summary>Sessions that are too old for any cookie.</summary>
internal sealed class ForgetSessions(UserManagementDb db, TimeProvider clock) : IScheduledJob
{
    public static string Name => "users.forget-sessions";
    public static string Title => "Dimentica le sessioni finite";
    public static string Cron => "0 45 * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (idle, longest) = (now - Session.Idle - OpenSession.Between, now - Session.Longest);
        var gone = await db.Sessions.Where(s => s.SeenAt < idle || s.OpenedAt < longest).ExecuteDeleteAsync(cancellation);
        return new("{0} sessioni finite cancellate", gone);
    }
}
