using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRequest)]
internal sealed class MoveBookingPage(Region region) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public MoveBooking Form { get; set; } = new();

    [BindProperty]
    public string? Hotspot { get; set; }

    [BindProperty]
    public DateOnly? Day { get; set; }

    public SwabRequestDetailsAnswer Shown { get; private set; } = null!;
    public FreeSlotsAnswer Free { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Hotspots => Free.HotspotItems(region, T);
    public IReadOnlyList<SelectListItem> Days => Free.DayItems(T);
    public IReadOnlyList<SelectListItem> Times => Free.TimeItems(region, T);

    public async Task OnGetAsync()
    {
        await Load();
        if (!Shown.MayMove)
            throw Refusal.NotFound();
        Hotspot ??= Shown.Swab.HotspotCode;
        Form = new() { Version = Shown.Swab.Version };
        await Load();
    }

    public async Task<IActionResult> OnPostSlotsAsync()
    {
        foreach (var entry in ModelState.Values)
            entry.Errors.Clear();
        await Load();
        return Page();
    }

    public Task<IActionResult> OnPostAsync() =>
        Order(Form with { Id = Id }, _ => Go($"/testing/requests/{Id}", "Appuntamento preso. Lo comunichi alla persona."));

    protected override async Task Load()
    {
        Shown = await Ask(new SwabRequestDetails(Id));
        if (!Shown.IsRequester)
            throw Refusal.NotFound();
        Free = await Ask(new FreeSlots { Hotspot = Hotspot, Day = Day, NearAsl = Shown.Swab.AslCode, AtHome = Shown.Swab.HomeAddress is not null });
        if (Hotspot != Free.Hotspot || Day != Free.Day)
        {
            (Hotspot, Day) = (Free.Hotspot, Free.Day);
            ModelState.Remove(nameof(Hotspot));
            ModelState.Remove(nameof(Day));
        }
    }
}
