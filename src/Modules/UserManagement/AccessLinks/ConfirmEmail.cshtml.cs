using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.AccessLinks;

[OpenToAll("It is for who holds a link, signed in or not.")]
internal sealed class ConfirmEmailPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    /// <summary>Null where the link is good for nothing (any more).</summary>
    public string? Email { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        await Load();
        return Email is null ? Page() : await Order(new ConfirmEmail { Token = Token }, _ => Go(CurrentUser.IsSignedIn ? "/account" : "/sign-in", "L’indirizzo e-mail è confermato."));
    }

    protected override async Task Load()
    {
        try
        {
            Email = await Ask(new EmailToConfirm(Token));
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
