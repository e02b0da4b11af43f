using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Defence;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>The waiting room as a citizen sees it: her number, how many are before her, and about how long that takes.</summary>
[OpenToAll("Anybody may stand in the queue.")]
internal sealed class QueuePage(CampaignBook campaigns, QueueTickets tickets) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Campaign { get; set; } = "";

    [BindProperty]
    public TakeNumber Form { get; set; } = new();

    [BindProperty]
    public Proof Proof { get; set; } = new();

    public ChallengeSheet Defence { get; private set; } = null!;
    public Campaign About { get; private set; } = null!;
    public RoomStatusAnswer Room { get; private set; } = null!;

    /// <summary>Null without a number.</summary>
    public TicketStatusAnswer? Mine { get; private set; }

    public static string PathOf(string campaign) => $"/vaccini/campagna/{Uri.EscapeDataString(campaign)}/coda";

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() =>
        Order(Form with { Campaign = Campaign, Proof = Proof, Address = HttpContext.Address() }, answer =>
        {
            tickets.Keep(HttpContext, Campaign, answer.Ticket);
            return LocalRedirect(PathOf(Campaign));
        });

    public IActionResult OnPostLeave()
    {
        QueueTickets.Forget(HttpContext, Campaign);
        return Go(Journey.Root, "Ha lasciato la coda: il suo posto non è più tenuto.");
    }

    protected override async Task Load()
    {
        About = await campaigns.Find(Campaign) is { Campaign: { State: not CampaignState.Draft } campaign } ? campaign : throw Refusal.NotFound();
        Room = await Ask(new RoomStatus(Campaign));
        Defence = new(await Ask(new AskChallenge(Campaign, HttpContext.Address(), Proof.Challenge)), Proof, "Form.FiscalCode");
        Mine = await tickets.Status(HttpContext, Mediator, Campaign);
    }
}
