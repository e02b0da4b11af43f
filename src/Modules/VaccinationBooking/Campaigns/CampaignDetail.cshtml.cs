using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Campaigns;

[Requires(VaccinationModule.MayManage)]
internal sealed class CampaignDetailPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    public CampaignPage Shown { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostTurnAsync(CampaignState to) =>
        Order(new TurnCampaign { Code = Code, To = to }, _ => Go($"/vaccination/campaigns/{Uri.EscapeDataString(Code)}", "Fatto."));

    protected override async Task Load() => Shown = await Ask(new CampaignDetail(Code));
}
