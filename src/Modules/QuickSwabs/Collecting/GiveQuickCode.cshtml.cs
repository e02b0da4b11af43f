using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Collecting;

[Requires(QuickSwabsModule.MayTest)]
internal sealed class GiveQuickCodePage(Region region, IConfiguration configuration) : PlatformPage
{
    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var given = await Mediator.Send(new GiveQuickCode(id), Cancellation);
        return File(new SlipPaper(region, T, given.Swab, PlatformAddress.Of(configuration, Request)).Code(given.Code), "application/pdf");
    }
}
