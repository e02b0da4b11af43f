using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>A citizen comes back to her booking: code and fiscal code, by POST, one answer whatever is wrong.</summary>
[OpenToAll("A booking is found by its random code and the fiscal code together; wrong attempts are counted.")]
internal sealed class FindMyBookingPage(TimeProvider clock) : PlatformPage
{
    public const string Path = "/vaccini/gestisci";

    [BindProperty]
    public FindBooking Form { get; set; } = new();

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPostAsync() =>
        Order(new FindBooking { Code = Form.Code, FiscalCode = Form.FiscalCode, Address = HttpContext.Address() }, found =>
        {
            var now = clock.GetUtcNow();
            new Journey(
                Guid.CreateVersion7(now), found.Campaign, "", found.GivenName, null, null, found.Doses.Count, false, now.UtcDateTime + BookingKeys.Valid,
                found.Centre, Booked: found.Key).Keep(HttpContext);
            return LocalRedirect(ManagePage.Path);
        });
}
