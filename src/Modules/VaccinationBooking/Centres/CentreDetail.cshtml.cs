using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Centres;

[Requires(VaccinationModule.MayRunCentres)]
internal sealed class CentreDetailPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public AddCentreOpening Form { get; set; } = new();

    public CentreDetailAnswer Shown { get; private set; } = null!;
    public DateOnly Today => region.DayOf(clock.GetUtcNow());
    public IEnumerable<SelectListItem> Campaigns => Shown.Campaigns.Select(c => new SelectListItem(c.Name, c.Code));
    public IEnumerable<SelectListItem> Vaccines => region.Vaccination.Vaccines.Where(v => v.Valid.On(Today)).Select(v => new SelectListItem(v.Name, v.Code));
    public static IEnumerable<SelectListItem> Weekdays => Enumerable.Range(1, 7).Select(d => (DayOfWeek)(d % 7)).Select(d => new SelectListItem(Weekday.Of(d), d.ToString()));

    private string Here => $"/vaccination/centres/{Uri.EscapeDataString(Code)}";

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), ValidFrom = Today };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(Form with { Centre = Code }, slots => Go(Here, "Apertura aggiunta: {0} fasce nei prossimi giorni.", slots));

    public Task<IActionResult> OnPostEndAsync(Guid opening, DateOnly? lastDay)
    {
        ModelState.Clear();
        return Order(new EndCentreOpening { Id = opening, LastDay = lastDay }, left => left == 0
            ? Go(Here, "L’apertura finisce.")
            : Go(Here, "L’apertura finisce. Dopo quel giorno restano {0} posti già presi: vanno spostati.", left));
    }

    protected override async Task Load() => Shown = await Ask(new CentreDetail(Code));
}
