using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Reports;

namespace Platform.Referti.Collection;

/// <summary>For citizens: two fields, one answer. By POST alone, so that neither code nor date stands in an address.</summary>
[OpenToAll("A citizen has no account; code and birth date open her report alone.")]
internal sealed class FetchReportPage(Region region, IConfiguration configuration, Seal seal) : PlatformPage
{
    [BindProperty]
    public FetchReport Form { get; set; } = new();

    /// <summary>Null until code and date were right.</summary>
    public FetchedReports? Answer { get; private set; }

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

    public async Task<IActionResult> OnPostPaperAsync(string? ticket)
    {
        var answer = await Ask(new CollectedPaper(ticket));
        var version = answer.Versions[0];
        var paper = new ReportPaper(region, T, answer, version, $"{PlatformAddress.Of(configuration, Request)}/verify/{version.VerificationCode}", seal);
        return File(paper.Draw(), "application/pdf", $"referto-v{version.Number}.pdf");
    }
}

/// <summary>Under which name people reach the platform: behind a proxy the host may not know.</summary>
internal static class PlatformAddress
{
    public static string Of(IConfiguration configuration, HttpRequest? request = null) =>
        configuration["Platform:Address"] is { Length: > 0 } known ? known.TrimEnd('/') : request is null ? "" : $"{request.Scheme}://{request.Host}";
}
