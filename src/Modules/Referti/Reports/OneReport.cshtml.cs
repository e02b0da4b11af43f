using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.Reports;

[Requires(RefertiModule.Read)]
internal sealed class OneReportPage : PlatformPage
{
    public OneReportAnswer Answer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        Answer = await Ask(new OneReport(id));
        return Page();
    }
}
