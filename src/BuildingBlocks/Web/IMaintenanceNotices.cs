namespace Platform.BuildingBlocks.Web;

/// <summary>What is to be said of planned maintenance on top of every page, to whoever opens it.</summary>
public interface IMaintenanceNotices
{
    /// <summary>Never fails: a page must open without it.</summary>
    ValueTask<IReadOnlyList<MaintenanceNotice>> Shown(CancellationToken cancellation);
}

/// <param name="Now">It has begun.</param>
/// <param name="When">The window, in the region's time and the reader's language.</param>
public sealed record MaintenanceNotice(bool Now, string When, string Text);
