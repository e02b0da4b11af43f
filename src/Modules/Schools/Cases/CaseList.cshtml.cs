using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.Schools.Register;

namespace Platform.Schools.Cases;

[Requires(SchoolsModule.MaySeeCases)]
internal sealed class CaseListPage : ListPage<CaseRow>
{
    [BindProperty(SupportsGet = true)]
    public SchoolCaseState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public SchoolLevel? Level { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? School { get; set; }

    public IEnumerable<SelectListItem> States => Enum.GetValues<SchoolCaseState>().Select(s => new SelectListItem(T[CaseWords.Of(s)], s.ToString()));

    public IEnumerable<SelectListItem> LevelItems => Enum.GetValues<SchoolLevel>().Where(l => l != SchoolLevel.Seat).Select(l => new SelectListItem(T[SchoolWords.Of(l)], l.ToString()));

    protected override string FileName => "casi-nelle-classi";

    protected override ListQuery<CaseRow> Query => new CaseList { State = State, Level = Level, School = School };

    protected override IReadOnlyList<ListColumn<CaseRow>> Columns =>
    [
        new(T["Classe"], r => r.ClassName, "class") { Link = r => $"/schools/cases/{r.Id}" },
        new(T["Scuola"], r => r.SchoolName, "school"),
        new(T["Ordine di scuola"], r => T[SchoolWords.Of(r.Level)].Value),
        new(T["Aperto"], r => r.OpenedAt, "opened"),
        new(T["Ultimo positivo"], r => r.LastPositiveOn, "last"),
        new(T["Positivi"], r => r.Positives),
        new(T["Stato"], r => T[CaseWords.Of(r.State)].Value) { Badge = r => CaseWords.MarkOf(r.State) },
    ];
}
