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
internal sealed class MoveMyBookingPage(Region region, TimeProvider clock) : JourneyPage
{
    public const string Path = "/vaccini/gestisci/sposta-tutto";

    /// <summary>Of the move: pressed twice, it is one.</summary>
    [BindProperty]
    public Guid Once { get; set; }

    [BindProperty]
    public string? Centre { get; set; }

    [BindProperty]
    public DateOnly? FirstDay { get; set; }

    [BindProperty]
    public Guid? First { get; set; }

    [BindProperty]
    public DateOnly? SecondDay { get; set; }

    [BindProperty]
    public Guid? Second { get; set; }

    public BookingSheet Booking { get; private set; } = null!;
    public DatesAnswer Dates { get; private set; } = null!;
    public List<SelectListItem> Centres { get; private set; } = [];

    public Task OnGetAsync() => Load();

    /// <summary>The days of the centre, and the hours of the days, that were chosen.</summary>
    public Task OnPostShowAsync() => Load();

    public async Task<IActionResult> OnPostMoveAsync()
    {
        var (asked, once) = ((Centre, FirstDay, First, SecondDay, Second), Once);
        await Load();
        if (First is not { } first || Second is not { } second || asked != (Centre, FirstDay, First, SecondDay, Second))
        {
            ModelState.AddModelError("", T["Ha cambiato giorno, o il posto non è più libero: controlli gli orari e confermi di nuovo."]);
            Response.StatusCode = 422;
            return Page();
        }

        return await Order(new MoveDose { Id = once, Key = Journey.Booked, Dose = 1, Slot = first, OtherSlot = second, Address = Address }, _ =>
            Go(ManagePage.Path, "I due appuntamenti sono spostati: i posti di prima sono di nuovo liberi."));
    }

    public List<SelectListItem> Hours(IEnumerable<FreePlaces> places) => [.. places.Select(p => new SelectListItem(region.Hour(p.StartsAt), p.Id.ToString()))];

    protected override string? Elsewhere(Journey journey) => journey.Booked is null ? FindMyBookingPage.Path : null;

    protected override async Task Load()
    {
        Booking = await Mediator.Send(new BookingSheetOf { Key = Journey.Booked, Address = Address }, Cancellation);
        if (Booking.Appointments.Count < 2 || !Booking.Appointments.All(a => a.ToCome))
            throw Refusal.NotFound();
        var centres = (await Ask(new CentresNear(Booking.CampaignCode, region.FindMunicipality(Booking.MunicipalityIstat)?.Name))).Centres;
        Centres = [.. centres.Where(c => c.Centre.NextFree is not null).Select(c => new SelectListItem($"{c.Centre.Name}, {c.Municipality}", c.Centre.Code))];
        Centre = Centres.Exists(c => c.Value == Centre) ? Centre : Centres.Find(c => c.Value == Booking.CentreCode)?.Value ?? Centres.FirstOrDefault()?.Value;
        Dates = await Ask(new DatesAt(Booking.CampaignCode, Centre ?? "", new DosesToBook(1, 2, null, null, null, false, Booking.BirthDate), FirstDay, First, SecondDay, Second));
        (First, Second) = (Dates.First?.Id, Dates.Second?.Id);
        (FirstDay, SecondDay) = (Dates.First is { } one ? DosePairs.DayOf(region, one) : null, Dates.Second is { } two ? DosePairs.DayOf(region, two) : null);
        Once = Guid.CreateVersion7(clock.GetUtcNow());
        foreach (var key in new[] { nameof(Centre), nameof(FirstDay), nameof(First), nameof(SecondDay), nameof(Second), nameof(Once) })
            ModelState.Remove(key);
    }
}
