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

    /// <summary>One after the other: each decision opens the next.</summary>
    public async Task<IActionResult> OnPostMatchAsync()
    {
        var next = await Next();
        return await Order(Form with { Id = Id }, _ => Go(next, "Il messaggio è stato abbinato e il referto è rilasciato."));
    }

    public async Task<IActionResult> OnPostMatchAllAsync()
    {
        var done = new MatchAllOfPerson { Id = Id, PatientId = Form.PatientId, DifferencesSeen = Form.DifferencesSeen };
        return await Order(done, all => all.Left == 0
            ? Go("/referti/unmatched", "Messaggi abbinati: {0}.", all.Matched)
            : Go("/referti/unmatched", "Messaggi abbinati: {0}. Non abbinati: {1}, li apra uno per uno.", all.Matched, all.Left));
    }

    public async Task<IActionResult> OnPostDiscardAsync()
    {
        var next = await Next();
        return await Order(new DiscardUnmatched { Id = Id, Why = Why }, _ => Go(next, "Il messaggio è stato scartato."));
    }

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

    /// <summary>What was chosen before the page said that something is missing stays chosen.</summary>
    public bool WasChosen(Guid patient, Guid? request) => Form.PatientId == patient && Form.RequestId == request;

    private async Task<string> Next() =>
        (await Ask(new NextUnmatched(Id))).Id is { } next ? $"/referti/unmatched/{next}" : "/referti/unmatched";

    protected override async Task Load() => Answer = await Ask(new OneUnmatched(Id, Text));
}
