using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Both doses together: to other days, or to another centre. Neither is lost: both move, or none does.</summary>
[OpenToAll("The sealed journey says which booking is hers.")]
internal sealed class MoveMyBookingPage(Region region, TimeProvider clock) : DatesPage(region, clock)
{
    public const string Path = "/vaccini/gestisci/sposta-tutto";

    [BindProperty]
    public string? Centre { get; set; }

    public BookingSheet Booking { get; private set; } = null!;
    public List<SelectListItem> Centres { get; private set; } = [];

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostMoveAsync()
    {
        if (await Unchanged() is not { } once || Second is null)
            return Page();
        return await Order(new MoveDose { Id = once, Key = Journey.Booked, Dose = 1, Slot = First!.Value, OtherSlot = Second, Address = Address }, _ =>
            Go(ManagePage.Path, "I due appuntamenti sono spostati: i posti di prima sono di nuovo liberi."));
    }

    protected override object Seen => (Centre, base.Seen);

    protected override string? Elsewhere(Journey journey) => journey.Booked is null ? FindMyBookingPage.Path : null;

    protected override async Task Load()
    {
        Booking = await Mediator.Send(new BookingSheetOf { Key = Journey.Booked, Address = Address }, Cancellation);
        if (Booking.Appointments.Count < 2 || !Booking.Appointments.All(a => a.ToCome))
            throw Refusal.NotFound();
        var hers = DosesToBook.BothOf(Booking.BirthDate);
        var centres = (await Ask(new CentresNear(Booking.CampaignCode, Region.FindMunicipality(Booking.MunicipalityIstat)?.Name, ToBook: hers))).Centres;
        Centres = [.. centres.Where(c => c.Centre.NextFree is not null).Select(c => new SelectListItem($"{c.Centre.Name}, {c.Municipality}", c.Centre.Code))];
        Centre = Centres.Exists(c => c.Value == Centre) ? Centre : Centres.Find(c => c.Value == Booking.CentreCode)?.Value ?? Centres.FirstOrDefault()?.Value;
        ModelState.Remove(nameof(Centre));
        await Propose(new(Booking.CampaignCode, Centre ?? "", hers, FirstDay, First, SecondDay, Second));
    }
}
