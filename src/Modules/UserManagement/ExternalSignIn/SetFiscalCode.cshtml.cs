using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.ExternalSignIn;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class SetFiscalCodePage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public SetFiscalCode Form { get; set; } = new();

    public FiscalCodeOfAccountAnswer Account { get; private set; } = null!;

    public async Task OnGet()
    {
        await Load();
        Form = new() { FiscalCode = Account.FiscalCode };
    }

    public Task<IActionResult> OnPost() => Order(Form with { AccountId = Id }, _ => Go($"/users/{Id}", "L’identità digitale è stata registrata."));

    protected override async Task Load() => Account = await Ask(new FiscalCodeOfAccount(Id));
}
