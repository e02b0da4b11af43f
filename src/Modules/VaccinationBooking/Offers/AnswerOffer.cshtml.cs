using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Offers;

[OpenToAll("A citizen answers an offer with its code and her fiscal code.")]
internal sealed class AnswerOfferPage : PlatformPage
{
    [BindProperty]
    public AnswerOffer Form { get; set; } = new();

    public OfferAnswer? Done { get; private set; }

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPostAsync() => Answer(true);

    public Task<IActionResult> OnPostLeaveAsync() => Answer(false);

    private Task<IActionResult> Answer(bool accept) => Order(Form with { Accept = accept, Address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "" }, done =>
    {
        Done = done;
        return Page();
    });
}
