using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Preregistrations;

[OpenToAll("A citizen has no account; she writes of herself and nothing is looked up.")]
internal sealed class RegisterMyselfPage : PlatformPage
{
    [BindProperty]
    public RegisterMyself Form { get; set; } = new();

    /// <summary>Shown once, in the answer to the form: it is in no address.</summary>
    public string? Code { get; private set; }

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            return await Order(Form with { Address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "" }, code =>
            {
                Code = code;
                return Page();
            });
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.TooMany)
        {
            ModelState.AddModelError("", T[refusal.Message]);
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Page();
        }
    }
}
