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

    [BindProperty]
    public DateOnly? LastDay { get; set; }

    public string Name { get; private set; } = "";
    public bool HasDoctor { get; private set; }
    public IReadOnlyList<SelectListItem> Doctors { get; private set; } = [];

    public Task OnGet()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), From = region.DayOf(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form with { PatientId = PatientId }, _ => Go($"/patients/{PatientId}", "Il medico è stato assegnato."));

    public Task<IActionResult> OnPostEnd() =>
        Order(new EndList { PatientId = PatientId, LastDay = LastDay }, _ => Go($"/patients/{PatientId}", "L'assistenza del medico finisce il giorno indicato."));

    protected override async Task Load()
    {
        var patient = (await Ask(new PersonDetails(PatientId))).Patient;
        (Name, HasDoctor) = ($"{patient.FamilyName} {patient.GivenName}", patient.GpCode is not null);
        Doctors = [.. (await Ask(new DoctorChoices())).Select(d => d.Choice(T))];
    }
}
