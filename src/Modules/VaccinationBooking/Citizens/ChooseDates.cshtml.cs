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

    public Task OnGetAsync()
    {
        (First, Second) = (Journey.First, Journey.Second);
        return Load();
    }

    public async Task<IActionResult> OnPostHoldAsync()
    {
        if (await Unchanged() is not { } hold)
            return Page();
        return await Order(new HoldPlaces { Id = hold, Pass = Journey.Pass, First = First!.Value, Second = Second, Address = Address }, answer =>
        {
            Keep(Journey with { First = First, Second = Second, HeldUntil = answer.Until });
            return LocalRedirect(ConfirmPage.Path);
        });
    }

    protected override string? Elsewhere(Journey journey) =>
        journey.Booked is not null ? ReceiptPage.Path : journey.Centre is null ? ChooseCentrePage.Path : null;

    protected override Task Load() => Propose(new DatesAt(Journey.Campaign, Journey.Centre!, ToBook, FirstDay, First, SecondDay, Second));
}
