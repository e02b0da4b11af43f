using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.Reports;

[OpenToAll("Who is handed a report must be able to check it.")]
internal sealed class VerifyReportPage : PlatformPage
{
    public VerifiedReportAnswer Answer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        Answer = await Ask(new VerifiedReport(code));
        if (Answer.Authenticity == Authenticity.Unknown)
            Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
