using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.Grants;

[Requires(PatientsModule.Grant)]
internal sealed class AskForGrantPage(Region region, TimeProvider clock) : PlatformPage
{
    private const int UsualDays = 30;

    [BindProperty]
    public AskForGrant Form { get; set; } = new();

    public void OnGet()
    {
        var today = region.DayOf(clock.GetUtcNow());
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), From = today, Until = today.AddDays(UsualDays) };
    }

    public Task<IActionResult> OnPost() => Order(Form, _ => Go("/patients/grants", "La richiesta è partita: la risposta arriva nei messaggi."));
}
