using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>The booking that was found: what can still be changed, and the papers again.</summary>
[OpenToAll("The sealed journey says which booking is hers.")]
internal sealed class ManagePage(TimeProvider clock) : JourneyPage
{
    public const string Path = "/vaccini/gestisci/prenotazione";

    [BindProperty]
    public ContactForm Form { get; set; } = new();

    /// <summary>Of the cancellation: pressed twice, it is one.</summary>
    [BindProperty]
    public Guid Once { get; set; }

    public BookingSheet Booking { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        await Load();
        Form = new() { Email = Booking.Email, Phone = Booking.Phone };
    }

    public Task<IActionResult> OnPostContactsAsync() => Order(
        new ChangeBookingContacts { Key = Journey.Booked, Email = Form.Email, Phone = Form.Phone, Address = Address }, _ => Go(Path, "I recapiti sono aggiornati."));

    public Task<IActionResult> OnPostCancelAsync() => Order(
        new CancelBooking { Id = Once, Key = Journey.Booked, Address = Address }, _ => Go(Path, "La prenotazione è disdetta: i posti sono già liberi."));

    protected override string? Elsewhere(Journey journey) => journey.Booked is null ? FindMyBookingPage.Path : null;

    protected override async Task Load()
    {
        Booking = await Mediator.Send(new BookingSheetOf { Key = Journey.Booked, Address = Address }, Cancellation);
        Once = Guid.CreateVersion7(clock.GetUtcNow());
    }
}
