using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Schools.Register;

[Requires(SchoolsModule.MayRead)]
internal sealed class SchoolListPage(Region region) : ListPage<SchoolRow>
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Asl { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Municipality { get; set; }

    [BindProperty(SupportsGet = true)]
    public SchoolLevel? Level { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Closed { get; set; }

    public IEnumerable<SelectListItem> Asls => region.Asls.Select(a => new SelectListItem(a.ShortName, a.Code));

    public IEnumerable<SelectListItem> Levels => Enum.GetValues<SchoolLevel>().Select(l => new SelectListItem(T[SchoolWords.Of(l)], l.ToString()));

    /// <summary>Who has one ASL alone needs no choice of it.</summary>
    public bool ChoosesAsl => CurrentUser.ScopesOf(SchoolsModule.MayRead).Any(s => s.Kind == ScopeKind.Region);

    protected override string FileName => "scuole";

    protected override ListQuery<SchoolRow> Query => new SchoolList { Text = Text, Asl = Asl, Municipality = Municipality, Level = Level, Closed = Closed };

    protected override IReadOnlyList<ListColumn<SchoolRow>> Columns =>
    [
        new(T["Scuola"], r => r.Name, "name") { Link = r => $"/schools/register/{r.Code}" },
        new(T["Codice"], r => r.Code, "code"),
        new(T["Grado"], r => r.Private ? T["{0}, paritaria", T[SchoolWords.Of(r.Level)].Value].Value : T[SchoolWords.Of(r.Level)].Value),
        new(T["Comune"], r => region.FindMunicipality(r.MunicipalityIstat)?.Name ?? r.MunicipalityIstat, "place"),
        new(T["ASL"], r => region.FindAsl(r.AslCode)?.ShortName ?? r.AslCode),
        new(T["Classi"], r => r.Classes),
    ];
}
