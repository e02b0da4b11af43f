using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Accounts;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class CorrectAccountPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public CorrectAccount Form { get; set; } = new();

    public Account Account { get; private set; } = null!;

    public async Task OnGet()
    {
        await Load();
        Form = new() { DisplayName = Account.DisplayName, Email = Account.Email! };
    }

    public Task<IActionResult> OnPost() => Order(Form with { AccountId = Id }, _ => Go($"/users/{Id}", "Nome ed e-mail sono corretti."));

    protected override async Task Load()
    {
        var shown = await Ask(new AccountDetail(Id));
        Account = shown.Whole ? shown.Account : throw Refusal.NotFound();
    }
}
