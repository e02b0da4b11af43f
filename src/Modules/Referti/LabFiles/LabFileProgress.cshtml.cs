using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.LabFiles;

[Requires(RefertiModule.Files)]
internal sealed class LabFileProgressPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    [BindProperty(SupportsGet = true)]
    public string? Format { get; set; }

    public LabFileProgressAnswer Progress { get; private set; } = null!;

    public async Task<IActionResult> OnGet()
    {
        ModelState.Clear();
        if (Format == "csv")
        {
            var refused = await Ask(new RefusedRows(Id));
            var file = new MemoryStream();
            await RefusedFile.Write(file, refused.Map, refused.Rows, T, Cancellation);
            file.Position = 0;
            return File(file, TableWriter.MediaType(TableFormat.Csv), "righe-respinte.csv");
        }

        Progress = await Ask(new LabFileProgress(Id, P));
        return Page();
    }
}
