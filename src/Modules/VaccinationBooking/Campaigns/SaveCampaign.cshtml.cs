using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Defence;

namespace Platform.VaccinationBooking.Campaigns;

[Requires(VaccinationModule.MayManage)]
internal sealed class SaveCampaignPage(Region region) : PlatformPage
{
    [BindProperty]
    public SaveCampaign Form { get; set; } = new();

    public IEnumerable<SelectListItem> Diseases => region.Vaccination.Vaccines.Select(v => v.Disease).Distinct().Select(d => new SelectListItem(Words.OfDisease(d), d));

    public IEnumerable<SelectListItem> Defences => Enum.GetValues<BotDefence>().Select(d => new SelectListItem(T[Words.Of(d)], d.ToString()));

    /// <param name="code">Of the one to change; none for a new one.</param>
    public async Task OnGetAsync(string? code)
    {
        if (string.IsNullOrEmpty(code))
            return;
        var campaign = (await Ask(new CampaignDetail(code))).Campaign;
        Form = new()
        {
            Code = campaign.Code, Version = campaign.Version, NameIt = campaign.NameIt, NameEn = campaign.NameEn, Disease = campaign.Disease, Doses = campaign.Doses,
            HoldMinutes = campaign.HoldMinutes, MovesAtMost = campaign.MovesAtMost, Defence = campaign.Defence,
        };
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, code => Go($"/vaccination/campaigns/{code}", "Campagna salvata."));
}
