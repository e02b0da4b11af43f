using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.OpenData;

[Requires(VaccinationModule.MayPublish)]
internal sealed class DosesInOpenDataPage(Region region) : PlatformPage
{
    public const int RowsShown = 50;

    [BindProperty(SupportsGet = true)]
    public DosesInOpenData Form { get; set; } = new();

    public OpenDataTable? Shown { get; private set; }

    public IEnumerable<SelectListItem> Layouts => OpenDataLayout.All.Select(l => new SelectListItem(T["Colonne nazionali da {0}", l.Code], l.Code));
    public IEnumerable<SelectListItem> Diseases => region.Vaccination.Vaccines.Select(v => v.Disease).Distinct().Select(d => new SelectListItem(Words.OfDisease(d), d));

    /// <summary>The same rows as a file.</summary>
    public string FileAddress =>
        FormattableString.Invariant($"/vaccination/open-data?handler=File&Form.Layout={Form.Layout}&Form.Disease={Form.Disease}&Form.From={Form.From:O}&Form.To={Form.To:O}&Form.Suppress={Form.Suppress}");

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetFileAsync()
    {
        await Load();
        return Shown is null ? Page() : File(Shown.Text(region), OpenDataTable.MediaType, $"somministrazioni-{Shown.Layout.Code}.csv");
    }

    protected override async Task Load()
    {
        if (ModelState.IsValid)
            Shown = await Ask(Form);
    }
}
