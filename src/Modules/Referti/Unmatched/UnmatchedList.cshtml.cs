using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.Unmatched;

[Requires(RefertiModule.WorkQueue)]
internal sealed class UnmatchedListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Reason { get; set; }

    [BindProperty(SupportsGet = true)]
    public UnmatchedState State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    [BindProperty]
    public DiscardSeveral Form { get; set; } = new();

    public UnmatchedListAnswer Answer { get; private set; } = null!;

    public IEnumerable<SelectListItem> Reasons =>
        Answer.Reasons.Select(WaitingReason.Of).Select(r => new SelectListItem(T[r.Text], r.Code)).OrderBy(i => i.Text, StringComparer.CurrentCulture);

    public IEnumerable<SelectListItem> States =>
    [
        new(T["Da trattare"], nameof(UnmatchedState.Open)),
        new(T["Abbinati"], nameof(UnmatchedState.Matched)),
        new(T["Scartati"], nameof(UnmatchedState.Discarded)),
    ];

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() => Order(Form, done => done.Left == 0
        ? Go("/referti/unmatched", "Messaggi scartati: {0}.", done.Discarded)
        : Go("/referti/unmatched", "Messaggi scartati: {0}. Già trattati da altri: {1}.", done.Discarded, done.Left));

    protected override async Task Load() => Answer = await Ask(new UnmatchedList(Text, Reason, State, Math.Max(1, P)));
}
