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

    public bool ChoosesSchool => administration.OfAll;

    public void OnGet(string? school) =>
        Form = Form with { Id = Guid.CreateVersion7(clock.GetUtcNow()), Invite = true, School = school, Role = school is null ? null : Role.School };

    public Task<IActionResult> OnPost() => Order(Form, created =>
    {
        Created = created;
        return Page();
    });
}
