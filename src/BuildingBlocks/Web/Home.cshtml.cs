using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>What waits for whoever has signed in, urgent things first; for everybody else, what the service is.</summary>
[OpenToAll("It is the front door.")]
internal sealed class HomePage(IEnumerable<IHomeCards> sources, PermissionCatalogue permissions, Region region, ScopeNames names) : PlatformPage
{
    public IReadOnlyList<HomeCard> Cards { get; private set; } = [];

    public Region Region { get; } = region;

    public ScopeNames Names { get; } = names;

    /// <summary>Some module does something for a role of hers, beyond what is everybody's.</summary>
    public bool HasPages => permissions.OfSome.Any(CurrentUser.May);

    public async Task OnGet()
    {
        var cards = new List<HomeCard>();
        foreach (var source in CurrentUser.IsSignedIn ? sources : [])
            cards.AddRange(await source.Of(Cancellation));
        Cards = [.. cards.OrderByDescending(c => c.Urgent).ThenBy(c => c.Order)];
    }
}
