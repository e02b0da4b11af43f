using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Accounts;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class AccountListPage(ScopeNames names) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Role? Role { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<AccountInList> Accounts { get; private set; } = null!;

    public IEnumerable<SelectListItem> Roles => AccountChoices.Roles(names);

    public async Task OnGet() => Accounts = await Ask(new AccountList(Q, Role, P));
}
