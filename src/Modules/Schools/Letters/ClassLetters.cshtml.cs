using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.Letters;

[Requires(SchoolsModule.MayAct)]
internal sealed class ClassLettersPage(Region region) : PlatformPage
{
    public async Task<IActionResult> OnGetAsync(Guid id) => File(new FamilyLetters(region, T).Draw((await Ask(new LettersToPrint(id, null))).Letters), "application/pdf");
}
