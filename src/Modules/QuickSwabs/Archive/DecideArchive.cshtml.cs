using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Archive;

[Requires(QuickSwabsModule.MayAllowArchive)]
internal sealed class DecideArchivePage : PlatformPage
{
    public IReadOnlyList<ArchiveReading> Readings { get; private set; } = [];

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync(Guid reading, int version, bool allow) =>
        Order(new DecideArchive(reading, version, allow), _ => Go("/quick-swabs/archive/readings", allow ? "La lettura è permessa." : "La lettura è negata."));

    protected override async Task Load() => Readings = await Ask(new AllReadings());
}
