using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.People;

namespace Platform.Patients.Ties;

[Requires(PatientsModule.Register)]
internal sealed class NoteTiePage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid PatientId { get; set; }

    [BindProperty]
    public NoteTie Form { get; set; } = new();

    public string Name { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];

    public Task OnGet()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), From = region.DayOf(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form with { PatientId = PatientId }, _ => Go($"/patients/{PatientId}", "Il legame è stato annotato."));

    protected override async Task Load()
    {
        Kinds = TieWords.Choices(T);
        var patient = (await Ask(new PersonDetails(PatientId))).Patient;
        Name = $"{patient.FamilyName} {patient.GivenName}";
    }
}
