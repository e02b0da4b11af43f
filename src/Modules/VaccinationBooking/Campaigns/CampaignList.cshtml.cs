using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Campaigns;

[Requires(VaccinationModule.MayManage)]
internal sealed class CampaignListPage : PlatformPage
{
    public IReadOnlyList<CampaignLine> Campaigns { get; private set; } = [];

    public async Task OnGetAsync() => Campaigns = await Ask(new CampaignList());
}
