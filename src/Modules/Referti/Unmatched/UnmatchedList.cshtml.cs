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

    public UnmatchedListAnswer Answer { get; private set; } = null!;

    public IEnumerable<SelectListItem> Reasons =>
        Answer.Reasons.Select(WaitingReason.Of).Select(r => new SelectListItem(T[r.Text], r.Code)).OrderBy(i => i.Text, StringComparer.CurrentCulture);

    public IEnumerable<SelectListItem> States =>
    [
        new(T["Da trattare"], nameof(UnmatchedState.Open)),
        new(T["Abbinati"], nameof(UnmatchedState.Matched)),
        new(T["Scartati"], nameof(UnmatchedState.Discarded)),
    ];

    public async Task OnGetAsync() => Answer = await Ask(new UnmatchedList(Text, Reason, State, Math.Max(1, P)));
}
