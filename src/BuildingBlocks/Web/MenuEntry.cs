namespace Platform.BuildingBlocks.Web;

/// <summary>An entry of the navigation bar.</summary>
/// <param name="Text">Italian, the key of its translation.</param>
/// <param name="Url">Path of the page.</param>
/// <param name="Permission">It is shown to those who hold it.</param>
/// <param name="Order">Lower comes first.</param>
public sealed record MenuEntry(string Text, string Url, string Permission, int Order)
{
    /// <summary>Under which heading it stands for those who have many entries: Italian, the key of its translation.</summary>
    public string? Group { get; init; }
}

/// <summary>What waits for the signed-in user, on her home page: each module adds its own.</summary>
public interface IHomeCards
{
    Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation);
}

/// <param name="Title">Italian, the key of its translation.</param>
/// <param name="Count">How many wait; null for a plain door.</param>
/// <param name="Urgent">Positives and whatever must not wait: shown first, and marked.</param>
public sealed record HomeCard(string Title, string Text, int? Count, string Url, bool Urgent, int Order);

/// <summary>A page that anybody may open.</summary>
/// <param name="Text">Italian, the key of its translation.</param>
public sealed record CitizenLink(string Text, string Url, int Order);
