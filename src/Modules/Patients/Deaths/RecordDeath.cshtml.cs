using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.People;

namespace Platform.Patients.Deaths;

[Requires(PatientsModule.Register)]
internal sealed class RecordDeathPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public RecordDeath Form { get; set; } = new();

    [BindProperty]
    public string? Reason { get; set; }

    public string Name { get; private set; } = "";
    public DateOnly? Died { get; private set; }
    public bool MayWithdraw => CurrentUser.May(PatientsModule.AssignDoctors);

    public Task OnGet() => Load();

    public Task<IActionResult> OnPost() =>
        Order(Form with { Id = Id }, _ => Go($"/patients/{Id}", "Il decesso è stato registrato."));

    public Task<IActionResult> OnPostWithdraw() =>
        Order(new WithdrawDeath { Id = Id, Reason = Reason }, _ => Go($"/patients/{Id}", "La registrazione del decesso è stata annullata."));

    protected override async Task Load()
    {
        var patient = (await Ask(new PersonDetails(Id))).Patient;
        (Name, Died) = ($"{patient.FamilyName} {patient.GivenName}", patient.DiedOn);
    }
}
