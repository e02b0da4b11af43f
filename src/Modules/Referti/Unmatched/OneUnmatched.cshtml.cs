using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

[Requires(RefertiModule.WorkQueue)]
internal sealed class OneUnmatchedPage : PlatformPage
{
    [BindProperty]
    public MatchUnmatched Form { get; set; } = new();

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Whom the operator looks for beyond those offered.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    public OneUnmatchedAnswer Answer { get; private set; } = null!;

    public bool IsOfLab => CurrentUser.ScopesOf(RefertiModule.Enter).Contains(new(ScopeKind.Lab, Answer.Item.LabCode));

    public IEnumerable<SelectListItem> Results =>
        Enum.GetValues<ReportResult>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    public IEnumerable<SelectListItem> Tests =>
        Enum.GetValues<TestType>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostMatchAsync() =>
        Order(Form with { Id = Id }, report => Go($"/referti/{report}", "Il messaggio è stato abbinato e il referto è rilasciato."));

    public Task<IActionResult> OnPostDiscardAsync() =>
        Order(new DiscardUnmatched { Id = Id, Why = Why }, _ => Go("/referti/unmatched", "Il messaggio è stato scartato."));

    public string Mark(Agreement agreement) => agreement switch
    {
        Agreement.Agrees => T["uguale"],
        Agreement.Differs => T["diverso"],
        _ => T["non confrontabile"],
    };

    public static StateKind KindOf(Agreement agreement) => agreement switch
    {
        Agreement.Agrees => StateKind.Done,
        Agreement.Differs => StateKind.Warning,
        _ => StateKind.Neutral,
    };

    protected override async Task Load() => Answer = await Ask(new OneUnmatched(Id, Text));
}
