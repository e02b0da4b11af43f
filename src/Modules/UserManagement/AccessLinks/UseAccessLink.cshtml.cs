using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.AccessLinks;

[OpenToAll("It is the way in, for who holds a link.")]
internal sealed class UseAccessLinkPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public UseAccessLink Form { get; set; } = new();

    /// <summary>Null where the link opens nothing (any more).</summary>
    public string? UserName { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        await Load();
        if (UserName is null)
            return Page();
        SignInAnswer? chosen = null;
        var answer = await Order(Form with { Token = Token }, who =>
        {
            chosen = who;
            return Page();
        });
        return chosen is null ? answer : await new PendingSignIn(chosen.AccountId, chosen.Stamp, false).Go(HttpContext, chosen.Next, "/");
    }

    protected override async Task Load()
    {
        try
        {
            UserName = await Ask(new AccessLinkShown(Token));
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
