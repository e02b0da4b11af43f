using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.Passkeys;

namespace Platform.UserManagement.Sessions;

[OpenToAll("It is the way in.")]
internal sealed class SignInPage(IConfiguration configuration, PasskeyCeremony passkeys) : PlatformPage
{
    [BindProperty]
    public SignIn Form { get; set; } = new();

    [BindProperty]
    public SignInByPasskey Key { get; set; } = new();

    /// <summary>The password was right, and her passkey is to follow.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Only { get; set; }

    public PasskeyOffer Offer { get; private set; } = null!;

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public IReadOnlyList<DemoAccount> DemoAccounts { get; private set; } = [];

    private string Back => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    public async Task<IActionResult> OnGet(string? user)
    {
        if (CurrentUser.IsSignedIn)
            return LocalRedirect(Back);
        Form = new() { UserName = user ?? "" };
        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        SignInAnswer? who = null;
        var answer = await Order(Form with { Address = HttpContext.Connection.RemoteIpAddress?.ToString() }, account =>
        {
            who = account;
            return LocalRedirect(Back);
        });
        return who is null ? answer : await new PendingSignIn(who.AccountId, who.Stamp, false).Go(HttpContext, who.Next, Back);
    }

    public async Task<IActionResult> OnPostPasskey()
    {
        ModelState.Clear();
        SignInAnswer? who = null;
        var answer = await Order(Key with { Address = HttpContext.Connection.RemoteIpAddress?.ToString() }, account =>
        {
            who = account;
            return LocalRedirect(Back);
        });
        return who is null ? answer : await new PendingSignIn(who.AccountId, who.Stamp, true).Go(HttpContext, who.Next, Back);
    }

    protected override async Task Load()
    {
        Offer = await passkeys.SignIn();
        if (DemoAccounts.Count == 0 && configuration.GetValue<bool>("Demo:Enabled"))
            DemoAccounts = HttpContext.RequestServices.GetRequiredService<DemoCast>().Accounts;
    }
}
