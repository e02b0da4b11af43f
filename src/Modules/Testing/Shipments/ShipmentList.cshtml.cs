using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Shipments;

[Requires(TestingModule.MayRead)]
internal sealed class ShipmentListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<ShipmentRow> Shipments { get; private set; } = null!;

    public async Task OnGetAsync() => Shipments = await Ask(new ShipmentList(P));
}
