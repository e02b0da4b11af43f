using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Shipments;

[Requires(TestingModule.MayShip)]
internal sealed class ShipmentPaperPage(Region region) : PlatformPage
{
    public async Task<IActionResult> OnGetAsync(Guid id) =>
        File(new ShipmentPaper(region, T, await Ask(new ShipmentDetails(id))).Draw(), "application/pdf");
}
