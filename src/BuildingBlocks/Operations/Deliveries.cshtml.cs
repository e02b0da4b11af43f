using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.Operations;

[Requires(PlatformPermissions.Operate)]
internal sealed class DeliveriesPage(Region region) : PlatformPage
{
    public IReadOnlyList<FailedDelivery> Failed { get; private set; } = [];

    public Region Region { get; } = region;

    public Task OnGet() => Load();

    public Task<IActionResult> OnPostAgain(string? module, Guid? id) =>
        Order(new DeliverAgain { Module = module, Id = id }, count => Go("/operations/deliveries", "Consegne rimesse in partenza: {0}.", count));

    protected override async Task Load() => Failed = await Ask(new FailedDeliveries());
}
