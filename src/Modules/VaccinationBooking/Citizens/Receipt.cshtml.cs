using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>What a citizen takes away: code, square, calendar, papers. The same page follows when she finds her booking by its code.</summary>
[OpenToAll("The sealed journey says which booking is hers.")]
internal sealed class ReceiptPage(Region region, TimeProvider clock) : JourneyPage
{
    public const string Path = "/vaccini/ricevuta";

    public BookingSheet Booking { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetCalendarAsync()
    {
        await Load();
        return File(Encoding.UTF8.GetBytes(CalendarFile.Of(Booking, region, T, clock.GetUtcNow().UtcDateTime)), "text/calendar; charset=utf-8", "appuntamenti.ics");
    }

    public async Task<IActionResult> OnGetPapersAsync()
    {
        await Load();
        return File(new VaccinationPapers(region, T, Booking).Draw(), "application/pdf", "ricevuta-e-moduli.pdf");
    }

    public IActionResult OnPostLeave()
    {
        Journey.Leave(HttpContext);
        return LocalRedirect(Journey.By is null ? Journey.Root : MyVaccinationsPage.Path);
    }

    protected override string? Elsewhere(Journey journey) => journey.Booked is null ? ChooseCentrePage.Path : null;

    protected override async Task Load() => Booking = await Mediator.Send(new BookingSheetOf { Key = Journey.Booked, Address = Address }, Cancellation);
}
