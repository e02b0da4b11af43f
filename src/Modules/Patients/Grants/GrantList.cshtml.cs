using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.Grants;

[Requires(PatientsModule.Grant)]
internal sealed class GrantListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public bool Out { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Past { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public GrantListAnswer Found { get; private set; } = null!;

    public async Task OnGet() => Found = await Ask(new GrantList { Out = Out, Past = Past, Page = P });
}
