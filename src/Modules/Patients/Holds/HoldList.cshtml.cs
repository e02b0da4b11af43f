using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.People;

namespace Platform.Patients.Holds;

[Requires(PatientsModule.HoldData)]
internal sealed class HoldListPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public HoldData Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<NotedRow<RetentionHold>> Found { get; private set; } = null!;

    public DateOnly Today => region.DayOf(clock.GetUtcNow());

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<HoldKind>().Select(k => new SelectListItem(T[HoldWords.Of(k)], k.ToString()));

    public Task OnGet()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPost() => Order(Form, _ => Go("/privacy/holds", "Da ora i dati di questa persona non si cancellano."));

    public Task<IActionResult> OnPostLift(Guid id)
    {
        ModelState.Clear();
        return Order(new LiftHold(id), _ => Go("/privacy/holds", "La sospensione è tolta: valgono di nuovo i termini."));
    }

    protected override async Task Load() => Found = await Ask(new HoldList(P));
}
