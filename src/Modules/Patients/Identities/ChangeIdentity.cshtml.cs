using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.People;

namespace Platform.Patients.Identities;

[Requires(PatientsModule.Register)]
internal sealed class ChangeIdentityPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public ChangeIdentity Form { get; set; } = new();

    public string Name { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Sexes { get; private set; } = [];

    public async Task OnGet()
    {
        await Load();
        var patient = (await Ask(new PersonDetails(Id))).Patient;
        Form = new()
        {
            Version = patient.Version, FiscalCode = patient.FiscalCode, FamilyName = patient.FamilyName, GivenName = patient.GivenName,
            Sex = patient.Sex, BirthDate = patient.BirthDate, BirthPlace = patient.BirthPlaceCode,
        };
    }

    public Task<IActionResult> OnPost() =>
        Order(Form with { Id = Id }, _ => Go($"/patients/{Id}", "I dati sono stati salvati."));

    protected override async Task Load()
    {
        Sexes = SexChoices.Of(T);
        var patient = (await Ask(new PersonDetails(Id))).Patient;
        Name = $"{patient.FamilyName} {patient.GivenName}";
    }
}
