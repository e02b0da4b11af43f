using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Accounts;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class AddAccountPage(Administration administration, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public AddAccount Form { get; set; } = new();

    public PasswordShownOnce? Created { get; private set; }

    public IEnumerable<SelectListItem> Roles => administration.RoleItems;

    public IEnumerable<SelectListItem> Scopes => administration.ScopeItems;

    public void OnGet() => Form = Form with { Id = Guid.CreateVersion7(clock.GetUtcNow()), Invite = true };

    public Task<IActionResult> OnPost() => Order(Form, created =>
    {
        Created = created;
        return Page();
    });
}
