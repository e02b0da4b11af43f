using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.SecondFactor;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.Accounts;

[Requires(PlatformPermissions.SignedIn)]
internal sealed class OwnAccountPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public ChangePassword Form { get; set; } = new();

    [BindProperty]
    public string Language { get; set; } = "";

    [BindProperty]
    public RenewRecoveryCodes Codes { get; set; } = new();

    /// <summary>Shown once.</summary>
    public IReadOnlyList<string>? NewCodes { get; private set; }

    public OwnAccountAnswer Account { get; private set; } = null!;

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPostPassword()
    {
        SignInAnswer? renewed = null;
        var answer = await Order(Form, account =>
        {
            renewed = account;
            return Go("/account", "La password è cambiata. Le altre sessioni aperte sono state chiuse.");
        });
        if (renewed is not null)
            await HttpContext.SignInAsync(Session.Scheme, Session.Of(renewed.AccountId, renewed.Stamp, clock.GetUtcNow()));
        return answer;
    }

    public async Task<IActionResult> OnPostCodes()
    {
        ModelState.Clear();
        var answer = await Order(Codes, codes =>
        {
            NewCodes = codes;
            return Page();
        });
        if (NewCodes is not null)
        {
            Codes = new();
            ModelState.Clear();
            await Load();
        }

        return answer;
    }

    public Task<IActionResult> OnPostLanguage()
    {
        ModelState.Clear();
        return Order(new ChangeLanguage { Language = Language }, _ => Go("/account", "La lingua dei messaggi è cambiata."));
    }

    protected override async Task Load()
    {
        Account = await Ask(new OwnAccount());
        Language = Account.Language;
    }
}
