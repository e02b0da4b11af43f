using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.HeldData;

[Requires(PatientsModule.ExportHeld)]
internal sealed class ExportHeldDataPage : PlatformPage
{
    [BindProperty]
    public ExportHeldData Form { get; set; } = new();

    public Task OnGet() => Load();

    public Task<IActionResult> OnPost() => Order(Form, zip => File(zip, "application/zip", "dati-conservati.zip"));

    public Task<IActionResult> OnPostWhoSaw() => Order(new FindForPrivacy(Form.FiscalCode), id => LocalRedirect($"/audit/person/{id}"));
}
