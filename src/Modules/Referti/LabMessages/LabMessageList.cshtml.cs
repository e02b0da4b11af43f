using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.LabMessages;

[Requires(RefertiModule.WorkQueue)]
internal sealed class LabMessageListPage(Region region) : ListPage<LabMessageRow>
{
    [BindProperty(SupportsGet = true)]
    public string? ControlId { get; set; }

    [BindProperty(SupportsGet = true)]
    public LabMessageState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    public IEnumerable<SelectListItem> States =>
        Enum.GetValues<LabMessageState>().Select(s => new SelectListItem(T[MessageWords.Of(s)], s.ToString()));

    protected override string FileName => "messaggi-laboratori";

    protected override ListQuery<LabMessageRow> Query => new LabMessageList(ControlId, State, Day);

    protected override IReadOnlyList<ListColumn<LabMessageRow>> Columns =>
    [
        new(T["Identificativo"], r => r.ControlId) { Link = r => $"/referti/messages/{r.Id}" },
        new(T["Laboratorio"], r => region.LabName(r.LabCode)),
        new(T["Arrivato"], r => region.LocalOf(r.ReceivedAt), "received"),
        new(T["Risposta"], r => r.Answer.ToString()),
        new(T["Stato"], r => T[MessageWords.Of(r.State)].Value) { Badge = r => MessageWords.KindOf(r.State) },
        new(T["Tentativi falliti"], r => r.State == LabMessageState.Accepted && r.Attempts > 0 ? r.Attempts : null),
    ];
}
