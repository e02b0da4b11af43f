using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Referti.Proposals;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>Two steps: the result is written, then read again and released.</summary>
[Requires(RefertiModule.Enter)]
internal sealed class EnterResultPage(Releasing releasing, Region region, TimeProvider clock, IEnumerable<IValidator<EnterResult>> validators) : PlatformPage, IResultFormPage
{
    [BindProperty]
    public EnterResult Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid RequestId { get; set; }

    IResultForm IResultFormPage.Form => Form;

    public SampleAwaitingResult Sample { get; private set; } = null!;

    /// <summary>What was last written on the sample, if it waits or was sent back.</summary>
    public ProposedResult? Before { get; private set; }

    /// <summary>The laboratory wants a second person.</summary>
    public bool Two => releasing.WantsTwo(Sample.LabCode);

    /// <summary>The second step: what was written is shown, to be released or changed.</summary>
    public bool Reviewing { get; private set; }

    public IEnumerable<SelectListItem> Results =>
        Enum.GetValues<ReportResult>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    public async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Form = new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            RequestId = RequestId,
            CollectedAt = region.LocalOf(Sample.CollectedAt),
            ReceivedAt = Sample.ReceivedAt == default ? null : region.LocalOf(Sample.ReceivedAt),
            ReportedAt = region.LocalOf(clock.GetUtcNow().UtcDateTime),
        };
        if (Before is { State: ProposalState.SentBack } back)
        {
            Form = Form with
            {
                Result = back.Result,
                CollectedAt = Local(back.CollectedAt),
                ReceivedAt = Local(back.ReceivedAt),
                ReportedAt = Local(back.ReportedAt),
                Details = back.Details,
                Note = back.Note,
            };
        }

        return Page();
    }

    public async Task<IActionResult> OnPostReviewAsync()
    {
        Form = Form with { RequestId = RequestId };
        await Load();
        if (ModelState.IsValid)
        {
            foreach (var validator in validators)
            {
                foreach (var error in (await validator.ValidateAsync(Form, Cancellation)).Errors)
                    ModelState.AddModelError($"{nameof(Form)}.{error.PropertyName}", T[error.ErrorMessage]);
            }
        }

        Reviewing = ModelState.IsValid;
        if (!Reviewing)
            Response.StatusCode = 422;
        return Page();
    }

    public async Task<IActionResult> OnPostChangeAsync()
    {
        await Load();
        ModelState.Clear();
        return Page();
    }

    public Task<IActionResult> OnPostReleaseAsync() =>
        Order(Form with { RequestId = RequestId }, done => done.Awaits
            ? Go("/referti/enter", "L'esito attende la convalida di un'altra persona del laboratorio.")
            : Go($"/referti/{done.Id}", "Il referto è stato rilasciato."));

    protected override async Task Load()
    {
        Sample = (await Ask(new SampleOfLab(RequestId))).Sample;
        Before = (await Ask(new LatestProposalOn(RequestId))).Proposal;
    }

    private DateTime? Local(DateTime? utc) => utc is { } at ? region.LocalOf(at) : null;
}
