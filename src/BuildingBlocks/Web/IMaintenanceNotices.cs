namespace Platform.BuildingBlocks.Web;

/// <summary>What is to be said of planned maintenance on top of every page, to whoever opens it.</summary>
public interface IMaintenanceNotices
{
    /// <summary>Never fails: a page must open without it.</summary>
    ValueTask<IReadOnlyList<MaintenanceNotice>> Shown(CancellationToken cancellation);

    /// <summary>The sign that hangs on the door while the service is closed for maintenance; null when it is open. Never fails.</summary>
    ValueTask<ClosedSign?> Closed(CancellationToken cancellation);
}

/// <param name="Until">UTC instant at which the service opens again.</param>
/// <param name="Page">One HTML page that needs nothing else.</param>
/// <param name="Style">Hash of its style, for the content security policy.</param>
public sealed record ClosedSign(DateTime Until, string Page, string Style);

/// <param name="Now">It has begun.</param>
/// <param name="When">The window, in the region's time and the reader's language.</param>
public sealed record MaintenanceNotice(bool Now, string When, string Text);
