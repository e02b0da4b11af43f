using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.AccessLinks;

[OpenToAll("Who cannot sign in must be able to ask.")]
internal sealed class AskNewPasswordPage : PlatformPage
{
    [BindProperty]
    public AskNewPassword Form { get; set; } = new();

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPost() =>
        Order(Form with { Address = HttpContext.Connection.RemoteIpAddress?.ToString() },
            _ => Go("/sign-in", "Se l’accesso esiste, fra poco arriva un’e-mail con il collegamento per scegliere una nuova password."));
}
