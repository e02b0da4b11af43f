using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;

namespace Platform.Referti.Proposals;

[Requires(RefertiModule.Validate)]
internal sealed class ProposalListPage(Region region) : ListPage<ProposalRow>
{
    [BindProperty(SupportsGet = true)]
    public ProposalState State { get; set; }

    [BindProperty(SupportsGet = true)]
    public ReportResult? Result { get; set; }

    [BindProperty]
    public ReleaseNegatives Form { get; set; } = new();

    public IEnumerable<SelectListItem> States => Enum.GetValues<ProposalState>().Select(s => new SelectListItem(T[Words.Of(s)], s.ToString()));

    public IEnumerable<SelectListItem> Results => Enum.GetValues<ReportResult>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    public Task<IActionResult> OnPostAsync() => Order(Form, done => done.Left == 0
        ? Go("/referti/validate", "Referti rilasciati: {0}.", done.Released)
        : Go("/referti/validate", "Referti rilasciati: {0}. Non rilasciati: {1}, li apra uno per uno.", done.Released, done.Left));

    protected override string FileName => "da-convalidare";

    protected override ListQuery<ProposalRow> Query => new ProposalList(State, Result);

    protected override IReadOnlyList<ListColumn<ProposalRow>> Columns =>
    [
        new(T["Persona"], r => $"{r.FamilyName} {r.GivenName}", "name") { Link = r => $"/referti/validate/{r.Id}" },
        new(T["Nata/o il"], r => r.BirthDate),
        new(T["Campione"], r => r.AccessionNumber),
        new(T["Esame"], r => T[Words.Of(r.TestType)].Value),
        new(T["Che cosa"], r => T[Words.Of(r.Act)].Value),
        new(T["Esito"], r => T[Words.Of(r.Result)].Value, "result") { Badge = r => Words.KindOf(r.Result) },
        new(T["Scritto da"], r => r.Mine ? T["da lei: serve un'altra persona"].Value : r.ProposedByName),
        new(T["Scritto"], r => region.LocalOf(r.ProposedAt), "written"),
        .. State == ProposalState.Proposed ? Array.Empty<ListColumn<ProposalRow>>() :
        [
            new(T["Trattato da"], r => r.DecidedByName),
            new(T["Trattato il"], r => r.DecidedAt is { } at ? region.LocalOf(at) : null, "decided"),
            new(T["Motivo del rinvio"], r => r.Why),
        ],
    ];
}
