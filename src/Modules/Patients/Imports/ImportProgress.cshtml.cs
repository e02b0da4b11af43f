using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
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
        Progress = await Ask(new ImportProgress(Id, P, Whole: Format == "csv"));
        return Format == "csv"
            ? File(Export(), CsvText.MediaType, "righe-respinte.csv")
            : Page();
    }

    private byte[] Export() => CsvText.Of(
    [
        [T["Riga"], T["Colonna"], T["Motivo"]],
        .. Progress.Faults.Rows.Select(f => new[] { f.Line.ToString(CultureInfo.InvariantCulture), f.Column, f.Reason }),
    ]);
}
