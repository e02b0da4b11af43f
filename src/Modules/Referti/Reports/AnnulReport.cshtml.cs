using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.Reports;

[Requires(RefertiModule.Correct)]
internal sealed class AnnulReportPage(Releasing releasing, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public AnnulReport Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public OneReportAnswer Answer { get; private set; } = null!;

    /// <summary>The laboratory wants a second person.</summary>
    public bool Two => releasing.WantsTwo(Answer.Report.LabCode);

    public async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), SeenVersion = Answer.Report.Version };
        return Page();
    }

    public Task<IActionResult> OnPostAsync() =>
        Order(Form with { ReportId = Id }, done => done.Awaits
            ? Go($"/referti/validate/{done.Id}", "L'annullamento attende la convalida di un'altra persona del laboratorio.")
            : Go($"/referti/{done.Id}", "Il referto è stato annullato: il campione attende un nuovo esito."));

    protected override async Task Load()
    {
        Answer = await Ask(new OneReport(Id));
        if (!Answer.MayChange)
            throw Refusal.NotFound();
    }
}
