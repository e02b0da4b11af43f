using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.BuildingBlocks.Web;
using Platform.Schools.Register;

namespace Platform.Schools.Figures;

[Requires(SchoolsModule.MaySeeFigures)]
internal sealed class SchoolFiguresPage(Region region) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public SchoolFigures Form { get; set; } = new();

    public FiguresTable? Shown { get; private set; }

    public IEnumerable<SelectListItem> Kinds =>
    [
        new(T["Ordine di scuola"], nameof(FiguresBy.Level)), new(T["Comune"], nameof(FiguresBy.Municipality)), new(T["ASL"], nameof(FiguresBy.Asl)),
    ];

    public IReadOnlyList<TableColumn<FiguresRow>> Columns =>
    [
        new(Kinds.First(k => k.Value == Form.By.ToString()).Text, r => Form.By switch
        {
            FiguresBy.Municipality => region.FindMunicipality(r.Key)?.Name ?? r.Key,
            FiguresBy.Asl => region.FindAsl(r.Key)?.Name ?? r.Key,
            _ => T[SchoolWords.Of(Enum.Parse<SchoolLevel>(r.Key))].Value,
        }),
        new(T["Classi con una misura"], r => r.UnderMeasure), new(T["A distanza"], r => r.AtDistance), new(T["Casi di classe decisi"], r => r.Outbreaks),
        new(T["Persone positive"], r => r.Cases), new(T["Giorni di lezione persi"], r => r.DaysLost),
    ];

    public string AddressOf(string file) =>
        FormattableString.Invariant($"/schools/figures?handler=File&file={file}&Form.By={Form.By}&Form.From={Form.From:O}&Form.To={Form.To:O}");

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetFileAsync(string? file)
    {
        Form = Form with { Suppress = file == "open" };
        await Load();
        return Shown is null ? Page()
            : file == "open" ? File(FiguresFile.Text(Shown, region), FiguresFile.MediaType, $"scuole-{Form.By.ToString().ToLowerInvariant()}.csv")
            : Table(file == "xlsx" ? TableFormat.Xlsx : TableFormat.Csv, "scuole", Columns, Shown.Rows.ToAsyncEnumerable());
    }

    protected override async Task Load()
    {
        if (ModelState.IsValid)
            Shown = await Ask(Form);
    }
}
