using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Shipments;

[Requires(TestingModule.MayShip)]
internal sealed class ShipmentDetailsPage : PlatformPage
{
    public ShipmentDetailsAnswer Shown { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => Shown = await Ask(new ShipmentDetails(id));
}
