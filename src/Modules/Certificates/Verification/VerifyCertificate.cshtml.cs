using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Certificates.Hcert;

namespace Platform.Certificates.Verification;

[OpenToAll("Whoever is shown a certificate must be able to check it.")]
internal sealed class VerifyCertificatePage : PlatformPage
{
    private const int LargestFile = 2 * HcertReader.LongestText;

    [BindProperty]
    public VerifyCertificate Form { get; set; } = new();

    /// <summary>A file of text; pictures are read by the browser, and do not leave it.</summary>
    [BindProperty]
    public IFormFile? Sheet { get; set; }

    /// <summary>Null as long as none was shown.</summary>
    public VerifiedCertificate? Answer { get; private set; }

    public IReadOnlyList<SelectListItem> Modes { get; private set; } = [];

    public async Task OnGetAsync()
    {
        await Load();
        Form = Form with { Mode = Modes is [var first, ..] ? first.Value : Form.Mode };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        var text = Form.Certificate;
        if (string.IsNullOrWhiteSpace(text) && Sheet is { Length: > 0 and <= LargestFile })
        {
            using var reader = new StreamReader(Sheet.OpenReadStream());
            text = await reader.ReadToEndAsync(Cancellation);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            ModelState.AddModelError("Form.Certificate", T["Inquadri il codice, scelga un file o incolli il testo del codice."]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var question = Form with { Certificate = text };
        // The next one is another person's: nothing of this one stays in the form.
        Form = Form with { Certificate = null };
        ModelState.Remove("Form.Certificate");
        Answer = await Ask(question);
        return Page();
    }

    protected override Task Load()
    {
        var region = HttpContext.RequestServices.GetRequiredService<Region>();
        var today = region.DayOf(HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        Modes = [.. region.Hcert.ModesOn(today).Select(m => new SelectListItem(m.Name, m.Code, m.Code == Form.Mode))];
        return Task.CompletedTask;
    }
}
