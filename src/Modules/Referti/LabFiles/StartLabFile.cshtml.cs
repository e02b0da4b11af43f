using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.LabFiles;

// A little above the limit: a file just over it is told so kindly, beside the field.
[Requires(RefertiModule.Files)]
[RequestSizeLimit(StartLabFile.LargestFile + (StartLabFile.LargestFile / 10))]
[RequestFormLimits(MultipartBodyLengthLimit = StartLabFile.LargestFile + (StartLabFile.LargestFile / 10))]
internal sealed class StartLabFilePage(LabFileImport import, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public StartLabFile Form { get; set; } = new();

    public IReadOnlyList<FileMap> All => import.Maps;

    public IReadOnlyList<SelectListItem> Maps { get; private set; } = [];
    public RecentImports Recent { get; private set; } = null!;

    public Task OnGet()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form, id => Go($"/referti/import/{id}", "Il file è stato ricevuto."));

    protected override async Task Load()
    {
        Maps = [.. All.Select(m => new SelectListItem(m.Called, m.Name))];
        Recent = new("/referti/import", await Ask(new RecentLabFiles()));
    }
}
