using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Certificates.Downloads;
using Platform.Certificates.Issuing;
using Platform.Referti.Contracts;

namespace Platform.Certificates.Collection;

[OpenToAll("It is of citizens who have signed in with their digital identity; anybody else is shown the way in.")]
internal sealed class MyCertificatesPage(CertificateFiles files) : SignedInPage
{
    public const string Address = SignedInCitizen.Root + "/certificazioni";

    [BindProperty]
    public Guid Taken { get; set; }

    public MyCertificatesAnswer Answer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        Answer = await Mediator.Send(new MyCertificates(Citizen, HttpContext.Address()), Cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostPaperAsync() => files.Paper(await Mine(), T);

    public async Task<IActionResult> OnPostFhirAsync() => files.Fhir(await Mine());

    public async Task<IActionResult> OnPostSummaryAsync() => files.Summary(await Mine(), T);

    public async Task<IActionResult> OnPostHealthCardAsync() => files.HealthCard(await Mine());

    private async Task<Certificate> Mine() => (await Mediator.Send(new MyCertificate(Citizen, Taken, HttpContext.Address()), Cancellation)).Certificate;
}
