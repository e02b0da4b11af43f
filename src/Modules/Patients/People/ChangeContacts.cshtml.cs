using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.People;

[Requires(PatientsModule.Register)]
internal sealed class ChangeContactsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public ChangeContacts Form { get; set; } = new();

    public string Name { get; private set; } = "";

    public async Task OnGet()
    {
        var details = await Ask(new PersonDetails(Id));
        var patient = details.Patient;
        Form = new()
        {
            Id = Id, Version = patient.Version, Residence = details.Residence, Domicile = details.Domicile, Address = patient.Address, Email = patient.Email, Phone = patient.Phone,
        };
        Name = $"{patient.FamilyName} {patient.GivenName}";
    }

    public Task<IActionResult> OnPost() =>
        Order(Form with { Id = Id }, changed => changed.StillVisible
            ? Go($"/patients/{Id}", "I dati sono stati salvati.")
            : Go("/patients", "I dati sono stati salvati. La persona ora è in carico a un'altra ASL."));

    protected override async Task Load()
    {
        var patient = (await Ask(new PersonDetails(Id))).Patient;
        Name = $"{patient.FamilyName} {patient.GivenName}";
    }
}
