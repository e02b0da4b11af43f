using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Collecting;

/// <summary>For citizens: two fields, one answer. By POST alone, so that neither code nor date stands in an address.</summary>
[OpenToAll("A citizen has no account; code and birth date open her result alone.")]
internal sealed class FetchQuickResultPage(Region region, IConfiguration configuration, Seal seal) : PlatformPage
{
    [BindProperty]
    public FetchQuickResult Form { get; set; } = new();

    /// <summary>Null until code and date were right.</summary>
    public FetchedQuickResult? Answer { get; private set; }

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

    public async Task<IActionResult> OnPostSlipAsync(string? ticket)
    {
        var answer = await Ask(new FetchedSlip(ticket));
        return File(new SlipPaper(region, T, answer.Swab, PlatformAddress.Of(configuration, Request)).Result(seal), "application/pdf", "test-rapido.pdf");
    }
}
