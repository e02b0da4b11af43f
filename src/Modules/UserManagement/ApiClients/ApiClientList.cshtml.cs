using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;

namespace Platform.UserManagement.ApiClients;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class ApiClientListPage(Administration administration, Region region, ScopeNames names) : PlatformPage
{
    [BindProperty]
    public AddApiClient Form { get; set; } = new();

    public IReadOnlyList<ApiClient> Clients { get; private set; } = [];

    public ApiClientCreated? Created { get; private set; }

    public IEnumerable<SelectListItem> Labs => AccountChoices.Scopes(region).Where(s => administration.MayGive(new(Role.LabImport, s)))
        .Select(s => new SelectListItem(names.Of(s), AccountChoices.Write(s)));

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        var answer = await Order(Form, created =>
        {
            Created = created;
            return Page();
        });
        if (Created is not null)
        {
            // The form is empty again, so that one more click does not make the same client twice.
            ModelState.Clear();
            Form = new();
            await Load();
        }

        return answer;
    }


    protected override async Task Load() => Clients = await Ask(new ApiClientList());
}
