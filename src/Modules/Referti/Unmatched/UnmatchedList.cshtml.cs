using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Reports;

namespace Platform.Referti.Unmatched;

[Requires(RefertiModule.WorkQueue)]
internal sealed class UnmatchedListPage(Region region) : ListPage<UnmatchedRow>
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Reason { get; set; }

    [BindProperty(SupportsGet = true)]
    public UnmatchedState State { get; set; }

    [BindProperty]
    public DiscardSeveral Form { get; set; } = new();

    public IEnumerable<SelectListItem> Reasons { get; private set; } = [];

    public IEnumerable<SelectListItem> States =>
    [
        new(T["Da trattare"], nameof(UnmatchedState.Open)),
        new(T["Abbinati"], nameof(UnmatchedState.Matched)),
        new(T["Scartati"], nameof(UnmatchedState.Discarded)),
    ];

    public Task<IActionResult> OnPostAsync() => Order(Form, done => done.Left == 0
        ? Go("/referti/unmatched", "Messaggi scartati: {0}.", done.Discarded)
        : Go("/referti/unmatched", "Messaggi scartati: {0}. Già trattati da altri: {1}.", done.Discarded, done.Left));

    protected override string FileName => "da-abbinare";

    protected override ListQuery<UnmatchedRow> Query => new UnmatchedList(Text, Reason, State);

    protected override IReadOnlyList<ListColumn<UnmatchedRow>> Columns =>
    [
        new(T["Persona nel messaggio"], r => r.Name.Length > 0 ? r.Name : T["senza nome"].Value, "name") { Link = r => $"/referti/unmatched/{r.Id}" },
        new(T["Codice fiscale"], r => r.FiscalCode),
        new(T["Nata/o il"], r => r.BirthDate),
        new(T["Esame"], r => r.TestType is { } test ? T[Words.Of(test)].Value : null),
        new(T["Motivo"], r => T[WaitingReason.Of(r.ReasonCode).Text].Value, "reason"),
        new(T["Laboratorio"], r => region.LabName(r.LabCode)),
        new(T["Arrivato"], r => region.LocalOf(r.ReceivedAt), "received"),
    ];

    protected override async Task LoadFilters() =>
        Reasons = (await Ask(new UnmatchedReasons(State))).Select(WaitingReason.Of)
            .Select(r => new SelectListItem(T[r.Text], r.Code)).OrderBy(i => i.Text, StringComparer.CurrentCulture);
}
