using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Requests;

namespace Platform.Testing.Labels;

[Requires(TestingModule.MayTakeSamples)]
internal sealed class SampleLabelPage(Region region) : PlatformPage
{
    /// <param name="size">Code of the region's sizes; the first is the usual one.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, string? size)
    {
        var label = await Ask(new SampleLabel(id));
        var day = DateOnly.FromDateTime(region.LocalOf(label.CollectedAt));
        var paper = region.Swabs.LabelSizes.FirstOrDefault(s => s.Code == size) ?? region.Swabs.LabelSizes[0];
        return File(LabelDocument.Draw(label, paper, region.Swabs.SpecimenOf(label.TestType.Code(), day)?.Label ?? "", day), "application/pdf");
    }
}
