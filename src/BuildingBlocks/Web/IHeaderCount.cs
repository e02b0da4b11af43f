namespace Platform.BuildingBlocks.Web;

/// <summary>Something in the header of every page that counts what waits to be read by the current user.</summary>
public interface IHeaderCount
{
    /// <returns>Null when she has no such thing.</returns>
    Task<HeaderCount?> Of(CancellationToken cancellation);
}

/// <param name="Title">Italian, the key of its translation.</param>
/// <param name="Icon">Of the design system: <c>it-mail</c>.</param>
public sealed record HeaderCount(string Title, string Icon, string Url, int Count);
