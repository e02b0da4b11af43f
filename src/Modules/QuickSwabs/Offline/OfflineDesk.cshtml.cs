using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.QuickSwabs.Devices;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Offline;

/// <summary>The desk without a network: its script keeps the tests sealed on the device and sends each when it can; see docs/quick-swabs.md.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed class OfflineDeskPage : PlatformPage
{
    [BindProperty]
    public RecordQuickSwab Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Points { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Devices { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Points = [.. (await Ask(new MyPoints())).Where(p => p.IsAtWork).Select(p => new SelectListItem(p.Point.Name, p.Point.Code))];
        Form = Form with { PointCode = Points.Count > 0 ? Points[0].Value : null };
        Devices = [.. (await Ask(new DevicesOfDay())).Select(d => new SelectListItem($"{d.FullName} ({d.Minutes} min)", d.Jrc))];
    }

    /// <summary>One test, from the script: what is wrong with it comes back as a sentence.</summary>
    public async Task<IActionResult> OnPostSendAsync()
    {
        try
        {
            if (!ModelState.IsValid)
                return Told(string.Join(' ', ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage)));
            var recorded = await Mediator.Send(Form, Cancellation);
            return new JsonResult(new { recorded = true, already = recorded.Already });
        }
        catch (ValidationException invalid)
        {
            return Told(string.Join(' ', invalid.Errors.Select(e => T[e.ErrorMessage].Value)));
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Conflict or RefusalKind.Unprocessable or RefusalKind.NotFound)
        {
            return Told(T[refusal.Message, refusal.Arguments!]);
        }
    }

    private static JsonResult Told(string says) => new(new { recorded = false, says }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
}
