using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Certificates.Downloads;

namespace Platform.Certificates.Collection;

/// <summary>For citizens: two fields, one answer. By POST alone, so that neither code stands in an address.</summary>
[OpenToAll("A citizen has no account; her codice fiscale and a code that cannot be guessed open her certificate alone.")]
internal sealed class FetchCertificatePage(CertificateFiles files) : PlatformPage
{
    public const string Address = "/ritiro/certificazione";

    [BindProperty]
    public FetchCertificate Form { get; set; } = new();

    /// <summary>Null until both were right.</summary>
    public FetchedCertificates? Answer { get; private set; }

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            return await Order(Form with { Address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "" }, answer =>
            {
                Answer = answer;
                return Page();
            });
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.TooMany)
        {
            ModelState.AddModelError("", T[refusal.Message]);
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Page();
        }
    }

    public async Task<IActionResult> OnPostPaperAsync(string? ticket) => files.Paper((await Ask(new TicketedCertificate(ticket))).Certificate, T);

    public async Task<IActionResult> OnPostFhirAsync(string? ticket) => files.Fhir((await Ask(new TicketedCertificate(ticket))).Certificate);

    public async Task<IActionResult> OnPostSummaryAsync(string? ticket) => files.Summary((await Ask(new TicketedCertificate(ticket))).Certificate, T);

    public async Task<IActionResult> OnPostHealthCardAsync(string? ticket) => files.HealthCard((await Ask(new TicketedCertificate(ticket))).Certificate);
}
