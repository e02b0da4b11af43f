using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.Reports;

[Requires(SchoolsModule.MayReadReports)]
internal sealed class SchoolReportDetailsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public CloseReport Form { get; set; } = new();

    public SchoolReportDetailsAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Reasons => Enum.GetValues<ReportClosing>().Select(r => new SelectListItem(T[SchoolWords.Of(r)], r.ToString()));

    public bool Decides => Shown.State == SchoolReportState.Sent && CurrentUser.May(SchoolsModule.MayFollow);

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostCloseAsync() => Order(Form with { Id = Id }, _ => Go($"/schools/reports/{Id}", "La segnalazione è chiusa."));

    public Task<IActionResult> OnPostTakeAsync()
    {
        ModelState.Clear();
        return Order(new TakeReport(Id), _ => Go($"/schools/reports/{Id}", "La segnalazione è presa in carico: il caso è tra i casi delle classi."));
    }

    protected override async Task Load() => Shown = await Ask(new SchoolReportDetails(Id));
}
