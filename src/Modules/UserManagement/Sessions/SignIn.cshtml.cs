using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.Contracts;

namespace Platform.UserManagement.Sessions;

[OpenToAll("It is the way in.")]
internal sealed class SignInPage(IConfiguration configuration) : PlatformPage
{
    [BindProperty]
    public SignIn Form { get; set; } = new();

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

    protected override Task Load()
    {
        if (DemoAccounts.Count == 0 && configuration.GetValue<bool>("Demo:Enabled"))
            DemoAccounts = HttpContext.RequestServices.GetRequiredService<DemoCast>().Accounts;
        return Task.CompletedTask;
    }
}
