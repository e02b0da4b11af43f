using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Collecting;

[OpenToAll("Who is handed a slip must be able to check it.")]
internal sealed class VerifiedSlipPage : PlatformPage
{
    /// <summary>Null as long as no code was given.</summary>
    public VerifiedSlipAnswer? Answer { get; private set; }

    /// <summary>From the address in the printed square, or typed from the slip.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (string.IsNullOrWhiteSpace(Code))
            return Page();
        Answer = await Ask(new VerifiedSlip(Code.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()));
        if (Answer.Standing == SlipStanding.Unknown)
            Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
