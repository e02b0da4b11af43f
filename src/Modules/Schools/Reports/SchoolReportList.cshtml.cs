using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Schools.Contracts;

namespace Platform.Schools.Reports;

[Requires(SchoolsModule.MayReadReports)]
internal sealed class SchoolReportListPage(Region region) : ListPage<SchoolReportRow>
{
    [BindProperty(SupportsGet = true)]
    public SchoolReportState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public SchoolReportKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? School { get; set; }

    public IEnumerable<SelectListItem> States => Enum.GetValues<SchoolReportState>().Select(s => new SelectListItem(T[SchoolWords.Of(s)], s.ToString()));

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<SchoolReportKind>().Select(k => new SelectListItem(T[SchoolWords.Of(k)], k.ToString()));

    protected override string FileName => "segnalazioni-scuole";

    protected override ListQuery<SchoolReportRow> Query => new SchoolReportList { State = State, Kind = Kind, School = School };

    protected override IReadOnlyList<ListColumn<SchoolReportRow>> Columns =>
    [
        new(T["Segnalazione"], r => T[SchoolWords.Of(r.Kind)].Value) { Link = r => $"/schools/reports/{r.Id}" },
        new(T["Scuola"], r => r.SchoolName ?? r.SchoolCode, "school"),
        new(T["Classe"], r => r.ClassName),
        new(T["Ultimo giorno a scuola"], r => r.LastDay, "day"),
        new(T["Inviata il"], r => region.LocalOf(r.ReportedAt), "reported"),
        new(T["Stato"], r => T[SchoolWords.Of(r.State)].Value) { Badge = r => SchoolWords.MarkOf(r.State) },
    ];

    protected override string? Mark(SchoolReportRow row) => row.State == SchoolReportState.Sent && CurrentUser.May(SchoolsModule.MayFollow) ? "is-new" : null;
}
