using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Tables;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.Imports;

/// <summary>The page of one file: how far it is, shown by the partial <c>_ImportProgress</c>, and its refused rows as a file.</summary>
public abstract class ImportProgressPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    [BindProperty(SupportsGet = true)]
    public string? Format { get; set; }

    public ImportProgress Progress { get; private set; } = null!;

    /// <summary>Path of the page where files are handed in, to which this page's own adds the file's id.</summary>
    public abstract string StartPath { get; }

    public string Path => $"{StartPath}/{Id}";

    protected abstract IQuery<ImportProgress> ProgressOf(Guid id, int page);

    protected abstract IQuery<RefusedRows> RefusedRowsOf(Guid id);

    public async Task<IActionResult> OnGet()
    {
        ModelState.Clear();
        if (Format is "csv" or "xlsx")
        {
            var refused = await Ask(RefusedRowsOf(Id));
            return Table(Format == "csv" ? TableFormat.Csv : TableFormat.Xlsx, "righe-respinte", RefusedFile.Columns(refused.Layout, T), refused.Rows);
        }

        Progress = await Ask(ProgressOf(Id, P));
        return Page();
    }
}

/// <summary>What the partial <c>_RecentImports</c> shows.</summary>
public sealed record RecentImports(string StartPath, IReadOnlyList<RecentImport> Files);
