using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.People;

namespace Platform.Patients.Duplicates;

/// <summary>The part of the registration form that is filled in while one types. By POST: no name stands in an address.</summary>
[Requires(PatientsModule.Register)]
internal sealed class LikelyDuplicatesPage : PlatformPage
{
    [BindProperty]
    public RegisterPerson Form { get; set; } = new();

    public LikelyDuplicatesAnswer Found { get; private set; } = new([], false);

    // Reached by its address alone there is nothing to compare.
    public IActionResult OnGet() => LocalRedirect("/patients/new");

    public async Task OnPost()
    {
        ModelState.Clear();
        Found = await Ask(Form.Alike);
    }
}
