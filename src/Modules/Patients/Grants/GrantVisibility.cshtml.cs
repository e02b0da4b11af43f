using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.People;

namespace Platform.Patients.Grants;

[Requires(PatientsModule.Grant)]
internal sealed class GrantVisibilityPage(Region region, TimeProvider clock) : PlatformPage
{
    private const int UsualDays = 30;

    [BindProperty(SupportsGet = true)]
    public Guid PatientId { get; set; }

    [BindProperty]
    public GrantVisibility Form { get; set; } = new();

    public string Name { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Asls { get; private set; } = [];

    public Task OnGet()
    {
        var today = region.DayOf(clock.GetUtcNow());
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), From = today, Until = today.AddDays(UsualDays) };
        return Load();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form with { PatientId = PatientId }, _ => Go($"/patients/{PatientId}", "La persona è ora visibile all'ASL scelta."));

    protected override async Task Load()
    {
        var patient = (await Ask(new PersonDetails(PatientId))).Patient;
        Name = $"{patient.FamilyName} {patient.GivenName}";
        Asls = [.. region.Asls.Where(a => a.Code != patient.AslCode && a.Code != patient.DomicileAsl).Select(a => new SelectListItem(a.Name, a.Code))];
    }
}
