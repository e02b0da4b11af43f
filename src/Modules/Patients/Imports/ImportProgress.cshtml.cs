using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.Imports;

[Requires(PatientsModule.Import)]
internal sealed class ImportProgressPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    [BindProperty(SupportsGet = true)]
    public string? Format { get; set; }

    public ImportProgressAnswer Progress { get; private set; } = null!;

    public async Task<IActionResult> OnGet()
    {
        ModelState.Clear();
        TableFormat? export = Format switch { "csv" => TableFormat.Csv, "xlsx" => TableFormat.Xlsx, _ => null };
        Progress = await Ask(new ImportProgress(Id, P, Whole: export is not null));
        return export is { } format ? Table(format, "segnalazioni", Columns, Progress.Faults.Rows.ToAsyncEnumerable()) : Page();
    }

    private TableColumn<RowFault>[] Columns =>
        [new(T["Riga"], f => f.Line), new(T["Colonna"], f => f.Column), new(T["Motivo"], f => f.Reason)];
}
