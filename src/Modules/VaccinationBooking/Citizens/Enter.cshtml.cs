using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Defence;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Who is she, and may she book? By POST alone, so that neither code nor card stands in an address.</summary>
[OpenToAll("A citizen has no account; code and card together say who she is, and wrong attempts are counted.")]
internal sealed class EnterPage(CampaignBook campaigns, Declarations declarations, QueueTickets tickets, Region region, IBirthPlaces places, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Campaign { get; set; } = "";

    [BindProperty]
    public AskEntitlement Form { get; set; } = new();

    [BindProperty]
    public bool ForOther { get; set; }

    [BindProperty]
    public bool Consent { get; set; }

    [BindProperty]
    public Proof Proof { get; set; } = new();

    public ChallengeSheet Defence { get; private set; } = null!;
    public CampaignSheet Sheet { get; private set; } = null!;

    /// <summary>The questionnaire; empty where no group of the campaign depends on it.</summary>
    public List<SelectListItem> Questions { get; private set; } = [];

    /// <summary>Null until she was recognised; then why she may not book.</summary>
    public EntitlementAnswer? Answer { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        await Load();
        return Sheet.WaitingRoom && !await tickets.Admitted(HttpContext, Mediator, Campaign) ? LocalRedirect(QueuePage.PathOf(Campaign)) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (ForOther && !Consent)
            ModelState.AddModelError(nameof(Consent), T["Per prenotare per un’altra persona serve il suo consenso."]);
        try
        {
            return await Order(
                Form with { Campaign = Campaign, Ticket = tickets.Of(HttpContext, Campaign), Proof = Proof, Address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "" }, Begin);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.TooMany)
        {
            ModelState.AddModelError("", T[refusal.Message]);
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await Load();
            return Page();
        }
    }

    protected override async Task Load()
    {
        var page = await campaigns.Find(Campaign) is { Campaign.State: not CampaignState.Draft } found ? found : throw Refusal.NotFound();
        Sheet = CampaignSheet.Of(page, region, clock.GetUtcNow().UtcDateTime);
        Defence = new(await Ask(new AskChallenge(Campaign, HttpContext.Address(), Proof.Challenge)), Proof, "Form.FiscalCode Form.Card");
        Questions = [.. declarations.QuestionsOf(page).Select(c => new SelectListItem(c.Ask, c.Code))];
    }

    private IActionResult Begin(EntitlementAnswer answer)
    {
        if (answer.Pass is null)
        {
            Answer = answer;
            return Page();
        }

        var now = clock.GetUtcNow();
        var born = FiscalCode.Read(Form.FiscalCode!.Trim().ToUpperInvariant(), places, region.DayOf(now)) is { Valid: true } code ? code.BirthDate : null;
        new Journey(
            Guid.CreateVersion7(now), Campaign, answer.Pass, answer.GivenName, answer.MunicipalityIstat, born, answer.Doses, ForOther,
            now.UtcDateTime + BookingPasses.Valid).Keep(HttpContext);
        return LocalRedirect(ChooseCentrePage.Path);
    }
}
