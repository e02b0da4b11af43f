using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Operations;

[Requires(VaccinationModule.MayBook)]
internal sealed class FindCitizenPage : PlatformPage
{
    [BindProperty]
    public FindCitizen Form { get; set; } = new();

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPostAsync() => Order(Form, person => LocalRedirect($"/vaccination/book/{person}"));
}
