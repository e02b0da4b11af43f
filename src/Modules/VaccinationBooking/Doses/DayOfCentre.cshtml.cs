using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Offers;

namespace Platform.VaccinationBooking.Doses;

[Requires(VaccinationModule.MayVaccinate)]
internal sealed class DayOfCentrePage(CampaignBook campaigns, Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Centre { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    /// <summary>Posted, not in the address: it may be a fiscal code.</summary>
    [BindProperty]
    public CheckInVaccinee Form { get; set; } = new();

    [BindProperty]
    public WalkIn Walk { get; set; } = new();

    [BindProperty]
    public OfferLeftOvers LeftOver { get; set; } = new();

    /// <summary>What was not accepted is shown again, opened.</summary>
    public bool LeftOverRefused { get; private set; }

    public bool WalkRefused { get; private set; }

    public DayAnswer Shown { get; private set; } = null!;
    public DateOnly Today => region.DayOf(clock.GetUtcNow());
    public IEnumerable<SelectListItem> Centres => Shown.Centres.Select(c => new SelectListItem(c.Name, c.Code));
    public IReadOnlyList<SelectListItem> Campaigns { get; private set; } = [];

    public IEnumerable<SelectListItem> Vaccines => region.Vaccination.Vaccines.Where(v => v.Valid.On(Today)).Select(v => new SelectListItem(v.Name, v.Code));

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostCheckInAsync() => Come(Form with { Centre = Centre });

    public Task<IActionResult> OnPostWalkInAsync()
    {
        WalkRefused = true;
        return Come(Walk with { Centre = Centre });
    }

    public async Task<IActionResult> OnPostLeftOversAsync()
    {
        foreach (var other in ModelState.Keys.Where(k => !k.StartsWith(nameof(LeftOver), StringComparison.Ordinal)).ToList())
            ModelState.Remove(other);
        LeftOverRefused = true;
        return await Order(LeftOver with { Centre = Centre }, offered => Go(
            $"/vaccination/day?centre={Uri.EscapeDataString(Centre ?? "")}", "Offerte partite: {0}. Quello che nessuno prende resta prenotabile da tutti.", offered));
    }

    protected override async Task Load()
    {
        Campaigns = [.. (await campaigns.All()).Values.Where(c => c.Campaign.State == CampaignState.Open).Select(c => new SelectListItem(c.Campaign.Name, c.Campaign.Code))];
        Shown = await Ask(new DayOfCentre { Centre = Centre, Day = Day });
        (Centre, Day) = (Shown.Centre.Code, Shown.Day);
        // Also after another form of the page was refused.
        if (LeftOver.Id == Guid.Empty && !LeftOverRefused)
            LeftOver = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Doses = 1 };
    }

    private Task<IActionResult> Come(ICommand<Guid> command)
    {
        ModelState.Clear();
        return Order(command, id => Go($"/vaccination/arrivals/{id}", "Arrivo registrato."));
    }
}
