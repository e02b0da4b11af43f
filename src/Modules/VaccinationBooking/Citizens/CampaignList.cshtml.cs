using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Citizens;

[OpenToAll("Campaigns and their dates are public.")]
internal sealed class CampaignListPage : PlatformPage
{
    public IReadOnlyList<CampaignSheet> Campaigns { get; private set; } = [];

    public async Task OnGetAsync() => Campaigns = await Ask(new CampaignList());
}
