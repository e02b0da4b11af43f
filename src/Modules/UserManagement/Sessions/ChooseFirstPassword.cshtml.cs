using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Sessions;

[OpenToAll("It is the way in, for who has proved who she is.")]
internal sealed class ChooseFirstPasswordPage : PendingPage
{
    [BindProperty]
    public ChooseFirstPassword Form { get; set; } = new();

    public async Task<IActionResult> OnGet() => await Enter() ?? Page();

    public async Task<IActionResult> OnPost()
    {
        if (await Enter() is { } elsewhere)
            return elsewhere;
        SignInAnswer? renewed = null;
        var answer = await Order(Form with { Who = Pending }, who =>
        {
            renewed = who;
            return Page();
        });
        return renewed is null ? answer : await new PendingSignIn(renewed.AccountId, renewed.Stamp, Pending!.CodeProved).Go(HttpContext, renewed.Next, Back);
    }
}
