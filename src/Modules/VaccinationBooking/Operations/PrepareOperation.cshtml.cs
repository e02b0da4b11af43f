using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.BuildingBlocks.Web.TagHelpers;

namespace Platform.VaccinationBooking.Operations;

[Requires(VaccinationModule.MayOperate)]
internal sealed class PrepareOperationPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public PrepareOperation Form { get; set; } = new();

    public OperationListAnswer Shown { get; private set; } = null!;
    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<BulkKind>().Select(k => new SelectListItem(T[Say(k)], k.ToString()));
    public IEnumerable<SelectListItem> Centres => Shown.Centres.Select(c => new SelectListItem(c.Name, c.Code));
    public IEnumerable<SelectListItem> Vaccines => region.Vaccination.Vaccines.Select(v => v.Code).Distinct().Select(c => new SelectListItem(region.Vaccination.NameOfVaccine(c), c));

    public string? NameOf(string? centre) => Shown.Centres.FirstOrDefault(c => c.Code == centre)?.Name ?? centre;

    public static string Say(BulkKind kind) => kind switch
    {
        BulkKind.CentreClosed => "Un centro chiude",
        BulkKind.VaccineStopped => "Un vaccino è fermato",
        _ => "L’intervallo tra le dosi è cambiato",
    };

    public static string Say(BulkState state) => state switch
    {
        BulkState.Prepared => "Da confermare",
        BulkState.Running => "In esecuzione",
        BulkState.Halted => "Fermata",
        BulkState.Done => "Terminata",
        _ => "Scartata",
    };

    public static StateKind KindOf(BulkState state) => state switch
    {
        BulkState.Prepared => StateKind.Waiting,
        BulkState.Running => StateKind.Warning,
        BulkState.Done => StateKind.Done,
        BulkState.Halted => StateKind.Stopped,
        _ => StateKind.Neutral,
    };

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, id => LocalRedirect($"/vaccination/operations/{id}"));

    protected override async Task Load() => Shown = await Ask(new OperationList());
}
