using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Offers;

/// <summary>First she sees what is kept for her, then she says yes or no. By POST alone, so that no address holds her codes.</summary>
[OpenToAll("A citizen answers an offer with its code and her fiscal code.")]
internal sealed class AnswerOfferPage : PlatformPage
{
    [BindProperty]
    public AnswerOffer Form { get; set; } = new();

    public OfferSheet? Offered { get; private set; }
    public OfferAnswer? Done { get; private set; }

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPostAsync() =>
        Try(new OpenOffer { Code = Form.Code, FiscalCode = Form.FiscalCode, Address = HttpContext.Address() }, offered => Offered = offered);

    public Task<IActionResult> OnPostAcceptAsync() => Answer(true);

    public Task<IActionResult> OnPostLeaveAsync() => Answer(false);

    private Task<IActionResult> Answer(bool accept) => Try(Form with { Accept = accept, Address = HttpContext.Address() }, done => Done = done);

    private Task<IActionResult> Try<TAnswer>(ICommand<TAnswer> command, Action<TAnswer> then) => Order(command, answer =>
    {
        then(answer);
        return Page();
    });
}
