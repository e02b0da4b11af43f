using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>What waits for whoever has signed in, urgent things first; for everybody else, what the service is.</summary>
[OpenToAll("It is the front door.")]
internal sealed class HomePage(IEnumerable<IHomeCards> sources, Region region) : PlatformPage
{
    public IReadOnlyList<HomeCard> Cards { get; private set; } = [];

    public Region Region { get; } = region;

    public async Task OnGet()
    {
        var cards = new List<HomeCard>();
        foreach (var source in CurrentUser.IsSignedIn ? sources : [])
            cards.AddRange(await source.Of(Cancellation));
        Cards = [.. cards.OrderByDescending(c => c.Urgent).ThenBy(c => c.Order)];
    }
}
