using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Sessions;

/// <summary>A page between the password and the inside: opens only to whom the pending sign-in names.</summary>
internal abstract class PendingPage : PlatformPage
{
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    protected PendingSignIn? Pending { get; private set; }

    public string Back => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";

    /// <summary>Null where somebody is there; else the way back to the sign-in.</summary>
    protected async Task<IActionResult?> Enter()
    {
        Pending = await PendingSignIn.Of(HttpContext);
        return Pending is not null ? null
            : CurrentUser.IsSignedIn ? LocalRedirect(Back)
            : LocalRedirect("/sign-in?returnUrl=" + Uri.EscapeDataString(Back));
    }

    /// <summary>As <see cref="Enter"/>, and open also to who is inside already.</summary>
    protected async Task<IActionResult?> EnterOrInside()
    {
        if (CurrentUser is { IsSignedIn: true, Id: { } id } && Session.StampOf(User) is { } stamp)
        {
            Pending = new(id, stamp, true);
            return null;
        }

        return await Enter();
    }
}
