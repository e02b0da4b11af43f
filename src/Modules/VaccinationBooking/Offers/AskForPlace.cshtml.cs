using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Offers;

[OpenToAll("A citizen is known by fiscal code and card together; wrong attempts are counted by address.")]
internal sealed class AskForPlacePage(CampaignBook book, Region region) : PlatformPage
{
    [BindProperty]
    public AskForPlace Form { get; set; } = new();

    public WishAnswer? Done { get; private set; }
    public IReadOnlyList<SelectListItem> Campaigns { get; private set; } = [];
    public IEnumerable<string> Municipalities => region.Municipalities.Select(Whereabouts.Shown).Order(StringComparer.Ordinal);
    public IEnumerable<SelectListItem> Kinds =>
        [new(T["Un posto vicino a me, quando si libera"], nameof(WishKind.NearMe)), new(T["Una dose avanzata a fine giornata: posso venire subito"], nameof(WishKind.StandBy))];

    /// <summary>Of the campaign's page that sent her here.</summary>
    [BindProperty(SupportsGet = true, Name = "campagna")]
    public string? From { get; set; }

    public Task OnGetAsync()
    {
        Form = new() { Campaign = From };
        return Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        return await Order(Form with { Language = Texts.Italian ? "it" : "en", Address = HttpContext.Address() }, done =>
        {
            Done = done;
            return Page();
        });
    }

    protected override async Task Load() =>
        Campaigns = [.. (await book.All()).Values.Where(c => c.Campaign.State == CampaignState.Open).Select(c => new SelectListItem(c.Campaign.Name, c.Campaign.Code))];
}
