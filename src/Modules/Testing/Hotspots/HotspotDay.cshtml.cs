using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Samples;

namespace Platform.Testing.Hotspots;

[Requires(TestingModule.MayTakeSamples)]
internal sealed class HotspotDayPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Hotspot { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    /// <summary>Posted, not in the address: it is a name or a codice fiscale.</summary>
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>The request whose sample has just been taken: its label is offered.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Taken { get; set; }

    public HotspotDayAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Hotspots => Shown.Hotspots.Select(h => new SelectListItem(h.Name, h.Code));

    public Task OnGetAsync() => Load();

    /// <summary>The square on the person's paper, scanned where names are searched, is her arrival.</summary>
    public async Task<IActionResult> OnPostSearchAsync()
    {
        if (CheckInCode.In(Text) is not null)
        {
            var page = await Order(new CheckIn(Text), _ => Page());
            if (Shown is not null)
                return page; // refused
            TempData["Said"] = T["Arrivo registrato."].Value;
        }

        await Load();
        ModelState.SetModelValue(nameof(Text), null, null);
        return Page();
    }

    public Task<IActionResult> OnPostTakeAsync(Guid request) =>
        Order(new TakeSample { Id = request }, sample => Go(
            $"/testing/hotspot?hotspot={Uri.EscapeDataString(Hotspot ?? "")}&day={Day:yyyy-MM-dd}&taken={request}",
            sample.Already ? "Il campione era già stato prelevato: {0}." : "Campione prelevato: {0}.",
            sample.AccessionNumber));

    protected override async Task Load()
    {
        Shown = await Ask(new HotspotDay { Hotspot = string.IsNullOrEmpty(Hotspot) ? null : Hotspot, Day = Day, Text = Text });
        (Hotspot, Day) = (Shown.Hotspot.Code, Shown.Day);
    }
}
