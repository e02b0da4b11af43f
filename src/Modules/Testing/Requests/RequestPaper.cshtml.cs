using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRequest)]
internal sealed class RequestPaperPage(Region region) : PlatformPage
{
    public async Task<IActionResult> OnGetAsync(Guid id) =>
        File(new RequestPaper(region, T, await Ask(new RequestPaperOf(id))).Draw(), "application/pdf");
}
