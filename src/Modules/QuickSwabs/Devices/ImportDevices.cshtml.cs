using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Devices;

[Requires(QuickSwabsModule.MayImportDevices)]
[RequestSizeLimit(ImportDevices.LargestFile)]
internal sealed class ImportDevicesPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public IFormFile? Upload { get; set; }

    public IReadOnlyList<AntigenDevice> Devices { get; private set; } = [];

    public DateOnly Today => region.DayOf(clock.GetUtcNow());

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        if (Upload is null)
            ModelState.AddModelError(nameof(Upload), T["Scelga il file."]);
        using var bytes = new MemoryStream();
        if (Upload is not null)
            await Upload.CopyToAsync(bytes, Cancellation);
        return await Order(new ImportDevices(bytes.ToArray()), done =>
            Go("/quick-swabs/devices", "Elenco del {0}: {1} dispositivi aggiunti, {2} ritirati, {3} cambiati.", done.ListOf.ToString("d", CultureInfo.CurrentCulture), done.Added, done.Withdrawn, done.Changed));
    }

    protected override async Task Load() => Devices = await Ask(new WholeDeviceList());
}
