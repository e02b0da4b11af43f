using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>One dose to another day or hour, while the other stays where it is.</summary>
[OpenToAll("The sealed journey says which booking is hers.")]
internal sealed class MoveMyDosePage(Region region, TimeProvider clock) : JourneyPage
{
    public const string Path = "/vaccini/gestisci/sposta";

    [BindProperty(SupportsGet = true)]
    public int Dose { get; set; } = 1;

    /// <summary>Of the move: pressed twice, it is one.</summary>
    [BindProperty]
    public Guid Once { get; set; }

    [BindProperty]
    public DateOnly? Day { get; set; }

    [BindProperty]
    public Guid? Slot { get; set; }

    public AppointmentSheet Now { get; private set; } = null!;
    public BookingSheet Booking { get; private set; } = null!;
    public DateTime ReadAt { get; private set; }
    public List<SelectListItem> Days { get; private set; } = [];
    public List<SelectListItem> Hours { get; private set; } = [];

    public Task OnGetAsync() => Load();

    /// <summary>The hours of the day that was chosen.</summary>
    public Task OnPostShowAsync() => Load();

    public async Task<IActionResult> OnPostMoveAsync()
    {
        var (day, slot, once) = (Day, Slot, Once);
        await Load();
        if (slot is null || slot != Slot || day != Day)
        {
            ModelState.AddModelError("", T["Ha cambiato giorno, o il posto non è più libero: controlli gli orari e confermi di nuovo."]);
            Response.StatusCode = 422;
            return Page();
        }

        return await Order(new MoveDose { Id = once, Key = Journey.Booked, Dose = Dose, Slot = slot.Value, Address = Address }, _ =>
            Go(ManagePage.Path, "L’appuntamento è spostato: il posto di prima è di nuovo libero."));
    }

    protected override string? Elsewhere(Journey journey) => journey.Booked is null ? FindMyBookingPage.Path : null;

    protected override async Task Load()
    {
        Booking = await Mediator.Send(new BookingSheetOf { Key = Journey.Booked, Address = Address }, Cancellation);
        Now = Booking.Appointments.FirstOrDefault(a => a.Dose == Dose) ?? throw Refusal.NotFound();
        var answer = await Ask(new PlacesForDose(Journey.Booked, Dose));
        ReadAt = answer.ReadAt;
        var free = answer.Slots.Where(s => s.Id != Now.SlotId).ToLookup(s => DosePairs.DayOf(region, s));
        List<DateOnly> days = [.. free.Select(d => d.Key).Order()];
        Day = Day is { } wanted && days.Contains(wanted) ? wanted : days.Count > 0 ? days[0] : null;
        List<FreePlaces> hours = Day is { } day ? [.. free[day]] : [];
        Slot = hours.Find(h => h.Id == Slot)?.Id ?? (hours.Count > 0 ? hours[0].Id : null);
        Days = [.. days.Select(d => new SelectListItem(Moments.LongDay(d), d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))];
        Hours = [.. hours.Select(h => new SelectListItem(region.Hour(h.StartsAt), h.Id.ToString()))];
        Once = Guid.CreateVersion7(clock.GetUtcNow());
        foreach (var key in new[] { nameof(Day), nameof(Slot), nameof(Once) })
            ModelState.Remove(key);
    }
}
