using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Labels;

[Requires(TestingModule.MayTakeSamples)]
internal sealed class SampleLabelPage(Region region) : PlatformPage
{
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var label = await Ask(new SampleLabel(id));
        return File(LabelDocument.Draw(label, DateOnly.FromDateTime(region.LocalOf(label.CollectedAt))), "application/pdf");
    }
}
