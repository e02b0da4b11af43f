using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.People;

[Requires(PatientsModule.Read)]
internal sealed class PersonDetailsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PersonDetailsAnswer Details { get; private set; } = null!;

    public bool MayEdit => CurrentUser.May(PatientsModule.Register);
    public bool MayAssign => CurrentUser.May(PatientsModule.AssignDoctors);

    public async Task OnGet() => Details = await Ask(new PersonDetails(Id));
}
