using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Preregistrations;

[Requires(QuickSwabsModule.MayTest)]
internal sealed class ScanPreregistrationPage : PlatformPage
{
    [BindProperty]
    public string? Code { get; set; }

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPostAsync() => Order(new ScanPreregistration(Code), id => LocalRedirect($"/quick-swabs/new?from={id}"));
}
