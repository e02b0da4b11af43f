using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Certificates.Collection;
using Platform.Certificates.Downloads;

namespace Platform.Certificates.Issuing;

[Requires(CertificatesModule.Read)]
internal sealed class OneCertificatePage(CertificateFiles files) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public RevokeCertificate Form { get; set; } = new();

    /// <summary>Just made, in this answer alone.</summary>
    public string? Code { get; private set; }

    public CertificateAnswer Answer { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostPaperAsync() => files.Paper(await Standing(), T);

    public async Task<IActionResult> OnPostFhirAsync() => files.Fhir(await Standing());

    public async Task<IActionResult> OnPostSummaryAsync() => files.Summary(await Standing(), T);

    public async Task<IActionResult> OnPostHealthCardAsync() => files.HealthCard(await Standing());

    public async Task<IActionResult> OnPostCodeAsync()
    {
        Code = await Mediator.Send(new GiveFetchCode(Id), Cancellation);
        await Load();
        return Page();
    }

    public Task<IActionResult> OnPostRevokeAsync() => Order(Form, id => Go($"/certificates/{id}", "La certificazione è revocata."));

    public Task<IActionResult> OnPostReissueAsync()
    {
        ModelState.Clear();
        return Order(new ReissueCertificate(Id), id => Go($"/certificates/{id}", "È stata emessa un’altra certificazione."));
    }

    protected override async Task Load() => Answer = await Ask(new OneCertificate(Id));

    private async Task<Certificate> Standing() => (await Ask(new OneCertificate(Id))).Certificate.CheckStands();
}
