using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Hotspots;

[Requires(TestingModule.MayManageHotspots)]
internal sealed class HotspotPlanPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public CloseHotspot Form { get; set; } = new();

    [BindProperty]
    public AddOpening Added { get; set; } = new();

    public HotspotPlanAnswer Shown { get; private set; } = null!;
    public DateOnly Today => region.DayOf(clock.GetUtcNow());

    public static IEnumerable<SelectListItem> Weekdays =>
        Enumerable.Range(1, 7).Select(d => (DayOfWeek)(d % 7)).Select(d => new SelectListItem(Weekday.Of(d), d.ToString()));

    private string Here => $"/testing/hotspots/{Uri.EscapeDataString(Code)}";

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        Added = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPostCloseAsync() => Order(Form with { Hotspot = Code }, Moved);

    public Task<IActionResult> OnPostLiftAsync(Guid closure) => Order(new LiftClosure(closure), _ => Go(Here, "L'hotspot è riaperto."));

    public Task<IActionResult> OnPostAddAsync() => Order(Added with { Hotspot = Code }, slots => Go(Here, "Apertura aggiunta: {0} fasce nei prossimi giorni.", slots));

    public Task<IActionResult> OnPostEndAsync(Guid opening, DateOnly? lastDay) => Order(new EndOpening { Id = opening, LastDay = lastDay }, Moved);

    protected override async Task Load() => Shown = await Ask(new HotspotPlan(Code));

    private IActionResult Moved(MovedPeople people) => Go(Here, "Fatto. Persone spostate: {0}. Rimaste senza posto: {1}.", people.Moved, people.WithoutPlace);
}
