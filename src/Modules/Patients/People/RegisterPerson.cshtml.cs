using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Patients.GpLists;

namespace Platform.Patients.People;

[Requires(PatientsModule.Register)]
internal sealed class RegisterPersonPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public RegisterPerson Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Sexes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Doctors { get; private set; } = [];

    /// <summary>The person of that codice fiscale, if the user may see her.</summary>
    public PatientSummary? KnownAs { get; private set; }

    public bool AskSomebodyElse { get; private set; }

    public Task OnGet()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form, id => Go($"/patients/{id}", "La persona è stata registrata."));

    protected override async Task Load()
    {
        Sexes = SexChoices.Of(T);
        if (CurrentUser.May(PatientsModule.AssignDoctors))
            Doctors = [.. (await Ask(new DoctorChoices())).Select(d => d.Choice(T))];
        if (ModelState.IsValid)
            return;
        AskSomebodyElse = string.IsNullOrWhiteSpace(Form.FiscalCode);
        if (!AskSomebodyElse)
        {
            var code = PeopleSearch.Together(Form.FiscalCode!);
            KnownAs = (await Ask(new PatientsLike(code))).Patients.FirstOrDefault(p => p.FiscalCode == code);
        }
    }
}
