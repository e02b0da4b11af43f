using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.AccessLinks;

namespace Platform.UserManagement.Accounts;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class AccountDetailPage(Administration administration) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public AssignRole Form { get; set; } = new();

    public AccountShown Shown { get; private set; } = null!;

    public Account Account => Shown.Account;

    public string? NewPassword { get; private set; }

    public DateOnly Today => administration.Today;

    public IEnumerable<SelectListItem> Roles => administration.RoleItems;

    public IEnumerable<SelectListItem> Scopes => administration.ScopeItems;

    public bool ChoosesSchool => administration.OfAll;

    public bool Holds(AssignmentRow row) => administration.Holds(row.Assignment.Scope);

    private string Here => $"/users/{Id}";

    public async Task OnGet()
    {
        Form = new() { From = Today };
        await Load();
    }

    public Task<IActionResult> OnPostAssign() =>
        Order(Form with { AccountId = Id }, _ => Go(Here, "Il profilo è stato aggiunto."));

    public Task<IActionResult> OnPostEnd(Guid assignment) =>
        Simply(new EndAssignment(Id, assignment), "Il profilo non è più valido.");

    public Task<IActionResult> OnPostDeactivate() => Simply(new DeactivateAccount(Id), "L’utente è stato disattivato.");

    public Task<IActionResult> OnPostReactivate() => Simply(new ReactivateAccount(Id), "L’utente è di nuovo attivo.");

    public Task<IActionResult> OnPostInvite() => Simply(new InviteAgain(Id), "L’invito parte di nuovo: quello di prima non vale più.");

    public Task<IActionResult> OnPostSecondFactor() => Simply(new ResetSecondFactor(Id), "Il secondo fattore è stato azzerato.");

    public async Task<IActionResult> OnPostPassword()
    {
        ModelState.Clear();
        var answer = await Order(new ResetPassword(Id), reset =>
        {
            NewPassword = reset.Password;
            return Page();
        });
        if (NewPassword is not null)
            await Load();
        return answer;
    }

    protected override async Task Load() => Shown = await Ask(new AccountDetail(Id));

    // These buttons send nothing of the other form.
    private Task<IActionResult> Simply(BuildingBlocks.Messaging.ICommand<MediatR.Unit> command, string said)
    {
        ModelState.Clear();
        return Order(command, _ => Go(Here, said));
    }
}
