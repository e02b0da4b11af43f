using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Certificates.Downloads;
using Platform.Certificates.Issuing;
using Platform.Referti.Contracts;

namespace Platform.Certificates.Collection;

[OpenToAll("It is of citizens who have signed in with their digital identity; anybody else is shown the way in.")]
internal sealed class MyCertificatesPage(CertificateFiles files) : PlatformPage
{
    public const string Address = SignedInCitizen.Root + "/certificazioni";

    private SignedInCitizen citizen = null!;

    [BindProperty]
    public Guid Taken { get; set; }

    public MyCertificatesAnswer Answer { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await Looking.Whose(HttpContext, Mediator) is { } signedIn)
        {
            citizen = signedIn;
            await next();
            return;
        }

        TempData["Refused"] = T["Acceda con la sua identità digitale."].Value;
        context.Result = new LocalRedirectResult(SignedInCitizen.Root);
    }

    public async Task<IActionResult> OnGetAsync()
    {
        Answer = await Mediator.Send(new MyCertificates(citizen, NetworkAddress), Cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostPaperAsync() => files.Paper(await Mine(), T);

    public async Task<IActionResult> OnPostFhirAsync() => files.Fhir(await Mine());

    public async Task<IActionResult> OnPostSummaryAsync() => files.Summary(await Mine(), T);

    public async Task<IActionResult> OnPostHealthCardAsync() => files.HealthCard(await Mine());

    private string? NetworkAddress => HttpContext.Connection.RemoteIpAddress?.ToString();

    private async Task<Certificate> Mine() => (await Mediator.Send(new MyCertificate(citizen, Taken, NetworkAddress), Cancellation)).Certificate;
}
