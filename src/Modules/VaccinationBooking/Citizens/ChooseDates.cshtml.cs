using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Both doses on one page: days and hours that go together, and the button that keeps them.</summary>
[OpenToAll("The sealed journey says who she is and that she may.")]
internal sealed class ChooseDatesPage(Region region, TimeProvider clock) : JourneyPage
{
    public const string Path = "/vaccini/prenota/date";

    /// <summary>Of the hold: pressed twice, it is one.</summary>
    [BindProperty]
    public Guid Hold { get; set; }

    [BindProperty]
    public DateOnly? FirstDay { get; set; }

    [BindProperty]
    public Guid? First { get; set; }

    [BindProperty]
    public DateOnly? SecondDay { get; set; }

    [BindProperty]
    public Guid? Second { get; set; }

    public DatesAnswer Dates { get; private set; } = null!;

    public Task OnGetAsync()
    {
        (First, Second) = (Journey.First, Journey.Second);
        return Load();
    }

    /// <summary>The hours of the days that were chosen.</summary>
    public Task OnPostShowAsync() => Load();

    public async Task<IActionResult> OnPostHoldAsync()
    {
        var (day, later) = (FirstDay, SecondDay);
        var (first, second) = (First, Second);
        await Load();
        // A day was changed, and its hours not yet shown: what would be kept is not what she sees.
        if (Dates.First is null || day != FirstDay || later != SecondDay || first != Dates.First?.Id || second != Dates.Second?.Id)
        {
            ModelState.AddModelError("", T["Ha cambiato giorno, o il posto non è più libero: controlli gli orari e confermi di nuovo."]);
            Response.StatusCode = 422;
            return Page();
        }

        return await Order(new HoldPlaces { Id = Hold, Pass = Journey.Pass, First = first!.Value, Second = second, Address = Address }, answer =>
        {
            Keep(Journey with { First = first, Second = second, HeldUntil = answer.Until });
            return LocalRedirect(ConfirmPage.Path);
        });
    }

    public static List<SelectListItem> Days(IEnumerable<DateOnly> days) =>
        [.. days.Select(d => new SelectListItem(Moments.LongDay(d), d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))];

    public List<SelectListItem> Hours(IEnumerable<FreePlaces> places) =>
        [.. places.Select(p => new SelectListItem(region.Hour(p.StartsAt), p.Id.ToString()))];

    protected override string? Elsewhere(Journey journey) =>
        journey.Booked is not null ? ReceiptPage.Path : journey.Centre is null ? ChooseCentrePage.Path : null;

    protected override async Task Load()
    {
        Dates = await Ask(new DatesAt(Journey.Campaign, Journey.Centre!, ToBook, FirstDay, First, SecondDay, Second));
        (First, Second) = (Dates.First?.Id, Dates.Second?.Id);
        (FirstDay, SecondDay) = (Dates.First is { } one ? DosePairs.DayOf(region, one) : null, Dates.Second is { } two ? DosePairs.DayOf(region, two) : null);
        Hold = Guid.CreateVersion7(clock.GetUtcNow());
        // What is proposed is shown in place of what was sent.
        foreach (var key in new[] { nameof(FirstDay), nameof(First), nameof(SecondDay), nameof(Second), nameof(Hold) })
            ModelState.Remove(key);
    }
}
