using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;

namespace Platform.Referti.Reports;

[Requires(RefertiModule.Correct)]
internal sealed class CorrectReportPage(Releasing releasing, Region region, TimeProvider clock) : PlatformPage, IResultFormPage
{
    [BindProperty]
    public CorrectReport Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    IResultForm IResultFormPage.Form => Form;

    public OneReportAnswer Answer { get; private set; } = null!;

    /// <summary>The laboratory wants a second person.</summary>
    public bool Two => releasing.WantsTwo(Answer.Report.LabCode);

    public IEnumerable<SelectListItem> Results =>
        Enum.GetValues<ReportResult>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    public async Task<IActionResult> OnGetAsync()
    {
        await Load();
        var current = Answer.Versions[0];
        Form = new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            SeenVersion = Answer.Report.Version,
            Result = current.Result,
            CollectedAt = Local(current.CollectedAt),
            ReceivedAt = Local(current.ReceivedAt),
            ReportedAt = Local(current.ReportedAt),
            Details = current.Details,
            Note = current.Note,
        };
        return Page();
    }

    public Task<IActionResult> OnPostAsync() =>
        Order(Form with { ReportId = Id }, done => done.Awaits
            ? Go($"/referti/validate/{done.Id}", "La correzione attende la convalida di un'altra persona del laboratorio.")
            : Go($"/referti/{done.Id}", "La correzione è stata rilasciata."));

    protected override async Task Load()
    {
        Answer = await Ask(new OneReport(Id));
        if (!Answer.MayChange)
            throw Refusal.NotFound();
    }

    private DateTime? Local(DateTime? utc) => utc is { } at ? region.LocalOf(at) : null;
}
