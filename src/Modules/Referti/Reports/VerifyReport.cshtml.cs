using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.Reports;

[OpenToAll("Who is handed a report must be able to check it.")]
internal sealed class VerifyReportPage : PlatformPage
{
    /// <summary>Null as long as no code was given.</summary>
    public VerifiedReportAnswer? Answer { get; private set; }

    /// <summary>From the address in the printed square, or typed from the paper.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (string.IsNullOrWhiteSpace(Code))
            return Page();
        Answer = await Ask(new VerifiedReport(Code.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()));
        if (Answer.Authenticity == Authenticity.Unknown)
            Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
