using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Stock;

[Requires(VaccinationModule.MayKeepStock)]
internal sealed class StockOfCentrePage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Centre { get; set; }

    [BindProperty]
    public ChangeStock Form { get; set; } = new();

    public StockAnswer Shown { get; private set; } = null!;
    public DateOnly Today => region.DayOf(clock.GetUtcNow());
    public IEnumerable<SelectListItem> Centres => Shown.Centres.Select(c => new SelectListItem(c.Name, c.Code));
    public IEnumerable<SelectListItem> Vaccines => region.Vaccination.Vaccines.Select(v => (v.Name, v.Code)).Distinct().Select(v => new SelectListItem(v.Name, v.Code));

    public IEnumerable<SelectListItem> Kinds =>
        new[] { StockMoveKind.Delivery, StockMoveKind.Correction, StockMoveKind.Discarded }.Select(k => new SelectListItem(T[Words.Of(k)], k.ToString()));

    private string Here => $"/vaccination/stock?centre={Uri.EscapeDataString(Centre ?? "")}";

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(Form with { Centre = Centre }, _ => Go(Here, "Movimento registrato."));

    public Task<IActionResult> OnPostEndVialAsync(Guid vial)
    {
        ModelState.Clear();
        return Order(new EndVial(vial), left => Go(Here, "Flacone chiuso: {0} dosi buttate.", left));
    }

    protected override async Task Load()
    {
        Shown = await Ask(new StockOfCentre(Centre));
        Centre = Shown.Centre.Code;
    }
}
