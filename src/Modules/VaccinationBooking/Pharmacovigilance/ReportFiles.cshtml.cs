using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Pharmacovigilance;

[Requires(VaccinationModule.MayReport)]
internal sealed class ReportFilesPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public SendAdverseEvents Form { get; set; } = new();

    public ReportFilesAnswer Shown { get; private set; } = null!;

    public Guid NewId => Guid.CreateVersion7(clock.GetUtcNow());

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetFileAsync(Guid id)
    {
        var answer = await Ask(new ReportsOfFile(id));
        return Table(TableFormat.Csv, $"reazioni-avverse-{answer.File.MadeAt:yyyyMMddHHmm}", AdverseReport.Columns, answer.Reports.ToAsyncEnumerable());
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, _ => Go("/vaccination/adverse-events", "File preparato: lo scarichi dall’elenco e lo invii alla rete nazionale."));

    protected override async Task Load() => Shown = await Ask(new ReportFiles());
}
