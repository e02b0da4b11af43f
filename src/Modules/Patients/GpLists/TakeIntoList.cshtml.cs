using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.GpLists;

[Requires(PatientsModule.Register)]
internal sealed class TakeIntoListPage : PlatformPage
{
    [BindProperty]
    public TakeIntoList Form { get; set; } = new();

    public void OnGet()
    {
        // An ASL has no list of its own.
        if (!CurrentUser.ScopesOf(PatientsModule.Register).Any(s => s.Kind == ScopeKind.GpList))
            throw Refusal.NotFound();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form, id => Go($"/patients/{id}", "La persona è ora nella sua lista."));
}
