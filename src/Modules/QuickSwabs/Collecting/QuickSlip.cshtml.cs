using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Collecting;

[Requires(QuickSwabsModule.MayTest)]
internal sealed class QuickSlipPage(Region region, IConfiguration configuration, Seal seal) : PlatformPage
{
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var answer = await Ask(new QuickSwabDetails(id));
        if (!answer.Mine || answer.Swab.Versions.Count == 0 || answer.Swab.PatientId is null)
            throw Refusal.NotFound();
        return File(new SlipPaper(region, T, answer.Swab, PlatformAddress.Of(configuration, Request)).Result(seal), "application/pdf");
    }
}
