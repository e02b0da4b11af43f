using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Referti.Contracts;

namespace Platform.Referti.Reports;

[Requires(RefertiModule.Read)]
internal sealed class ReportListPage(Region region) : ListPage<ReportRow>
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public ReportResult? Result { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool PositivesFirst { get; set; }

    public IEnumerable<SelectListItem> Results =>
        Enum.GetValues<ReportResult>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    protected override string FileName => "referti";

    protected override ListQuery<ReportRow> Query => new ReportList(Text, Result, From, To, PositivesFirst);

    protected override IReadOnlyList<ListColumn<ReportRow>> Columns =>
    [
        new(T["Persona"], r => $"{r.FamilyName} {r.GivenName}", "name") { Link = r => $"/referti/{r.Id}" },
        new(T["Codice fiscale"], r => r.FiscalCode),
        new(T["Nata/o il"], r => r.BirthDate),
        new(T["Esame"], r => T[Words.Of(r.TestType)].Value),
        new(T["Prelievo"], r => region.LocalOf(r.CollectedAt)),
        new(T["Rilasciato"], r => region.LocalOf(r.IssuedAt), "issued"),
        new(T["Laboratorio"], r => region.LabName(r.LabCode)),
        new(T["Campione"], r => r.AccessionNumber),
        new(T["Versione"], r => r.CurrentVersion),
        new(T["Esito"], r => T[r.Kind == ReportVersionKind.Annulment ? "Referto annullato" : Words.Of(r.Result)].Value)
        {
            Badge = r => r.Kind == ReportVersionKind.Annulment ? StateKind.Stopped : Words.KindOf(r.Result),
        },
    ];
}
