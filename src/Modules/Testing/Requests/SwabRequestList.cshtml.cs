using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRead)]
internal sealed class SwabRequestListPage(Region region) : ListPage<SwabRequestRow>
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public SwabRequestState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    public IEnumerable<SelectListItem> States =>
        Enum.GetValues<SwabRequestState>().Select(s => new SelectListItem(T[Words.Of(s)], s.ToString()));

    protected override string FileName => "tamponi";

    protected override ListQuery<SwabRequestRow> Query => new SwabRequestList { Text = Text, State = State, Day = Day };

    protected override IReadOnlyList<ListColumn<SwabRequestRow>> Columns =>
    [
        new(T["Persona"], r => $"{r.FamilyName} {r.GivenName}", "name") { Link = r => $"/testing/requests/{r.Id}" },
        new(T["Codice fiscale"], r => r.FiscalCode),
        new(T["Test"], r => T[Words.Of(r.TestType)].Value),
        new(T["Motivo"], r => region.Swabs.NameOfReason(r.Reason)),
        new(T["Richiesto"], r => region.LocalOf(r.RequestedAt), "asked"),
        new(T["Richiedente"], r => r.RequesterName),
        new(T["Hotspot"], r => r.HotspotName),
        new(T["Appuntamento"], r => region.LocalOf(r.SlotAt), "slot"),
        new(T["Campione"], r => r.AccessionNumber),
        new(T["Stato"], r => T[Words.Of(r.State)].Value) { Badge = r => Marks.Of(r.State) },
    ];
}
