using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

[Requires(QuickSwabsModule.MayRead)]
internal sealed class QuickSwabListPage(Region region) : ListPage<QuickSwabRow>
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public QuickSwabResult? Result { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public IEnumerable<SelectListItem> Results => Enum.GetValues<QuickSwabResult>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    protected override string FileName => "test-rapidi";

    protected override ListQuery<QuickSwabRow> Query => new QuickSwabList { Text = Text, Result = Result, From = From, To = To };

    protected override IReadOnlyList<ListColumn<QuickSwabRow>> Columns =>
    [
        new(T["Persona"], r => r.PatientId is null ? T["Dati in archivio"].Value : $"{r.FamilyName} {r.GivenName}", "name") { Link = r => $"/quick-swabs/{r.Id}" },
        new(T["Codice fiscale"], r => r.FiscalCode),
        new(T["Prelievo"], r => region.LocalOf(r.CollectedAt), "collected"),
        new(T["Punto"], r => region.QuickSwabs.FindPoint(r.PointCode)?.Name ?? r.PointCode, "point"),
        new(T["Dispositivo"], r => r.DeviceName),
        new(T["Esito"], r => T[r.State == QuickSwabState.Annulled ? "Test annullato" : Words.Of(r.Result)].Value) { Badge = r => Words.MarkOf(r.State, r.Result) },
    ];
}
