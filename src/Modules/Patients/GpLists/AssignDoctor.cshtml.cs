using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.People;

namespace Platform.Patients.GpLists;

[Requires(PatientsModule.AssignDoctors)]
internal sealed class AssignDoctorPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid PatientId { get; set; }

    [BindProperty]
    public AssignDoctor Form { get; set; } = new();

    public string Name { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Doctors { get; private set; } = [];

    public Task OnGet()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), From = region.DayOf(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form with { PatientId = PatientId }, _ => Go($"/patients/{PatientId}", "Il medico è stato assegnato."));

    protected override async Task Load()
    {
        var patient = (await Ask(new PersonDetails(PatientId))).Patient;
        Name = $"{patient.FamilyName} {patient.GivenName}";
        Doctors = [.. (await Ask(new DoctorChoices())).Select(d => d.Choice(T))];
    }
}
