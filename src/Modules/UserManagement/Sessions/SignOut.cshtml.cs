using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Sessions;

[OpenToAll("Leaving is never refused, not even after the session has ended.")]
internal sealed class SignOutPage : PlatformPage
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPost()
    {
        if (Session.IdOf(User) is { } session)
            await Mediator.Send(new LeaveSession(session), Cancellation);
        await HttpContext.SignOutAsync(Session.Scheme);
        return Go("/", "È uscito dalla piattaforma.");
    }
}
