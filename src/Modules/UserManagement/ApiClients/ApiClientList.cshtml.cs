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

    public IEnumerable<SelectListItem> Places => AccountChoices.Scopes(region).Where(s => AccountChoices.OfMachine(s.Kind) is { } role && administration.MayGive(new(role, s)))
        .Select(s => new SelectListItem($"{names.Of(s)} ({s.Code})", AccountChoices.Write(s)));

    /// <summary>By name; of a chain the first, and how many more.</summary>
    public string Facilities(ApiClient client) => client.Assignments.Select(a => names.Of(a.Scope)).Order(StringComparer.CurrentCulture).ToList() is [var first, .. var more] && more.Count > 0
        ? T["{0} e altre {1}", first, more.Count].Value : string.Join("", client.Assignments.Select(a => names.Of(a.Scope)));

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
