using Microsoft.AspNetCore.Mvc;
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

    public Task<IActionResult> OnPostAsync() =>
        Order(Form with { Address = HttpContext.Address() }, code =>
        {
            Code = code;
            return Page();
        });
}
