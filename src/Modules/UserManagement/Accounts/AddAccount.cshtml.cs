using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Accounts;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class AddAccountPage(Region region, ScopeNames names, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public AddAccount Form { get; set; } = new();

    public PasswordShownOnce? Created { get; private set; }

    public IEnumerable<SelectListItem> Roles => AccountChoices.Roles(names);

    public IEnumerable<SelectListItem> Scopes => AccountChoices.ScopeItems(region, names);

    public void OnGet() => Form = Form with { Id = Guid.CreateVersion7(clock.GetUtcNow()), Invite = true };

    public Task<IActionResult> OnPost() => Order(Form, created =>
    {
        Created = created;
        return Page();
    });
}
