using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.GpLists;

[Requires(PatientsModule.AssignDoctors)]
internal sealed class DoctorListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<DoctorRow> Doctors { get; private set; } = null!;

    public async Task OnGet() => Doctors = await Ask(new DoctorList(Q, P));
}
