using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Hotspots;

[Requires(TestingModule.MayManageHotspots)]
internal sealed class ManagedHotspotsPage : PlatformPage
{
    public IReadOnlyList<HotspotChoice> Hotspots { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        Hotspots = await Ask(new ManagedHotspots());
        return Hotspots is [var only] ? LocalRedirect($"/testing/hotspots/{only.Code}") : Page();
    }
}
