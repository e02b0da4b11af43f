using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>Two steps: the result is written, then read again and released.</summary>
[Requires(RefertiModule.Enter)]
internal sealed class EnterResultPage(Region region, TimeProvider clock, IEnumerable<IValidator<EnterResult>> validators) : PlatformPage
{
    [BindProperty]
    public EnterResult Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid RequestId { get; set; }

    public SampleAwaitingResult Sample { get; private set; } = null!;

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
        Order(Form with { RequestId = RequestId }, report => Go($"/referti/{report}", "Il referto è stato rilasciato."));

    protected override async Task Load() => Sample = (await Ask(new SampleOfLab(RequestId))).Sample;
}
