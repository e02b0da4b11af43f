using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;

namespace Platform.Referti.Proposals;

[Requires(RefertiModule.Validate)]
internal sealed class ProposalListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public ProposalState State { get; set; }

    [BindProperty(SupportsGet = true)]
    public ReportResult? Result { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    [BindProperty]
    public ReleaseNegatives Form { get; set; } = new();

    public ProposalListAnswer Answer { get; private set; } = null!;

    public IEnumerable<SelectListItem> States => Enum.GetValues<ProposalState>().Select(s => new SelectListItem(T[Words.Of(s)], s.ToString()));

    public IEnumerable<SelectListItem> Results => Enum.GetValues<ReportResult>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() => Order(Form, done => done.Left == 0
        ? Go("/referti/validate", "Referti rilasciati: {0}.", done.Released)
        : Go("/referti/validate", "Referti rilasciati: {0}. Non rilasciati: {1}, li apra uno per uno.", done.Released, done.Left));

    protected override async Task Load() => Answer = await Ask(new ProposalList(State, Result, Math.Max(1, P)));
}
