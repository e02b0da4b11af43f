namespace Platform.BuildingBlocks.Web;

/// <summary>How many messages the current user has not yet taken note of: for the header of every page.</summary>
public interface IUnreadCount
{
    /// <returns>Null when she has no inbox at all.</returns>
    Task<int?> Count(CancellationToken cancellation);
}
