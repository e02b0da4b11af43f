using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Citizens;

[OpenToAll("It is of citizens who have signed in with their digital identity; anybody else is shown the way in.")]
internal sealed class MyVaccinationsPage(TimeProvider clock) : SignedInPage
{
    public const string Path = SignedInCitizen.Root + "/vaccini";

    [BindProperty]
    public Guid Patient { get; set; }

    [BindProperty]
    public string? Campaign { get; set; }

    public IReadOnlyList<MyPerson> People { get; private set; } = [];

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostBookAsync()
    {
        var acting = await Mediator.Send(new ActFor(Citizen, Patient, Campaign), Cancellation);
        acting.Keep(HttpContext, clock.GetUtcNow().UtcDateTime);
        return LocalRedirect($"{Journey.Root}/campagna/{Uri.EscapeDataString(acting.Campaign)}");
    }

    public async Task<IActionResult> OnPostManageAsync()
    {
        var found = await Mediator.Send(new BookingByTie(Citizen, Patient, Campaign, HttpContext.Address()), Cancellation);
        var acting = await Mediator.Send(new ActFor(Citizen, Patient, Campaign), Cancellation);
        var now = clock.GetUtcNow();
        new Journey(
            Guid.CreateVersion7(now), found.Campaign, "", found.GivenName, null, null, found.Doses.Count, false, now.UtcDateTime + BookingKeys.Valid,
            found.Centre, Booked: found.Key, By: acting).Keep(HttpContext);
        return LocalRedirect(ManagePage.Path);
    }

    protected override async Task Load() => People = await Mediator.Send(new MyVaccinations(Citizen, HttpContext.Address()), Cancellation);
}

/// <summary>Beside her reports, while there is something to book.</summary>
internal sealed class BookVaccinationAction(CampaignBook campaigns) : ICitizenAction
{
    public string Title => "Prenota la vaccinazione";
    public string Words => "Per lei e per chi rappresenta: senza il numero della tessera sanitaria.";
    public string Path => MyVaccinationsPage.Path;

    public async Task<bool> IsOffered(CancellationToken cancellation) =>
        (await campaigns.All()).Values.Any(c => c.Campaign.State is CampaignState.Open or CampaignState.Suspended);
}
