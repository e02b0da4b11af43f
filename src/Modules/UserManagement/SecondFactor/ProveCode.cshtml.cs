using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.SecondFactor;

[OpenToAll("It is the way in, for who has proved her password.")]
internal sealed class ProveCodePage : PendingPage
{
    [BindProperty]
    public ProveCode Form { get; set; } = new();

    public async Task<IActionResult> OnGet() => await Enter() ?? Page();

    public async Task<IActionResult> OnPost()
    {
        if (await Enter() is { } elsewhere)
            return elsewhere;
        SignInAnswer? proved = null;
        var answer = await Order(Form with { Who = Pending, Address = HttpContext.Connection.RemoteIpAddress?.ToString() }, who =>
        {
            proved = who;
            return Page();
        });
        return proved is null ? answer : await new PendingSignIn(proved.AccountId, proved.Stamp, true).Go(HttpContext, proved.Next, Back);
    }
}
