using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Both doses on one page: days and hours that go together, and the button that keeps them.</summary>
[OpenToAll("The sealed journey says who she is and that she may.")]
internal sealed class ChooseDatesPage(Region region, TimeProvider clock) : DatesPage(region, clock)
{
    public const string Path = "/vaccini/prenota/date";

    /// <summary>Another hour of the day will do, should hers be taken while she looks.</summary>
    [BindProperty]
    public bool SameDay { get; set; } = true;

    public Task OnGetAsync()
    {
        (First, Second) = (Journey.First, Journey.Second);
        return Load();
    }

    public async Task<IActionResult> OnPostHoldAsync()
    {
        var (once, first, second) = (Once, First, Second);
        if (!(SameDay && await OnTheirDays()) && await Unchanged() is null)
            return Page();
        return await Order(new HoldPlaces { Id = once, Pass = Journey.Pass, First = first!.Value, Second = second, SameDay = SameDay, Address = Address }, answer =>
        {
            Keep(Journey with { First = answer.First, Second = answer.Second, HeldUntil = answer.Until });
            return answer.First == first && answer.Second == second ? LocalRedirect(ConfirmPage.Path)
                : Go(ConfirmPage.Path, "L’ora che aveva scelto è appena stata presa: le teniamo la più vicina dello stesso giorno. La controlli prima di confermare.");
        });
    }

    // Her hours are of the days that she sees, be they free or not; a day that was changed without its hours is shown first.
    private async Task<bool> OnTheirDays()
    {
        if (First is not { } first || (ToBook.Count == 2) != Second is not null)
            return false;
        var held = await Ask(new HeldDatesOf(first, Second));
        return Region.DayOf(new DateTimeOffset(held.First, TimeSpan.Zero)) == FirstDay
            && (held.Second is { } second ? Region.DayOf(new DateTimeOffset(second, TimeSpan.Zero)) : (DateOnly?)null) == SecondDay;
    }

    protected override string? Elsewhere(Journey journey) =>
        journey.Booked is not null ? ReceiptPage.Path : journey.Centre is null ? ChooseCentrePage.Path : null;

    protected override Task Load() => Propose(new DatesAt(Journey.Campaign, Journey.Centre!, ToBook, FirstDay, First, SecondDay, Second));
}
