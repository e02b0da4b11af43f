using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Referti.Contracts;
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

    /// <summary>The person for whom the form was shown to somebody who has signed in.</summary>
    [BindProperty]
    public Guid? Patient { get; set; }

    /// <summary>Null where code and card are asked for.</summary>
    public Acting? Acting { get; private set; }

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
        if (Patient is not null)
            return await ByTie();
        if (ForOther && !Consent)
            ModelState.AddModelError(nameof(Consent), T["Per prenotare per un’altra persona serve il suo consenso."]);
        return await Order(
            Form with { Campaign = Campaign, Ticket = tickets.Of(HttpContext, Campaign), Proof = Proof, Address = HttpContext.Address() }, Begin);
    }

    /// <summary>Not for that person after all: code and card are asked for.</summary>
    public IActionResult OnPostOther()
    {
        Acting.Leave(HttpContext);
        return LocalRedirect($"{Journey.Root}/campagna/{Uri.EscapeDataString(Campaign)}");
    }

    protected override async Task Load()
    {
        Acting = Acting.Read(HttpContext) is { } acting && acting.Campaign == Campaign ? acting : null;
        var page = await campaigns.Find(Campaign) is { Campaign.State: not CampaignState.Draft } found ? found : throw Refusal.NotFound();
        Sheet = CampaignSheet.Of(page, region, clock.GetUtcNow().UtcDateTime);
        Defence = new(await Ask(new AskChallenge(Campaign, HttpContext.Address(), Proof.Challenge)), Proof, "Form.FiscalCode Form.Card");
        Questions = [.. declarations.QuestionsOf(page).Select(c => new SelectListItem(c.Ask, c.Code))];
    }

    private async Task<IActionResult> ByTie()
    {
        ModelState.Clear();
        if (Acting is not { } acting || !await acting.IsIn(Mediator, Cancellation))
            return Away(SignedInCitizen.Root, "La sessione è finita: acceda di nuovo.");
        if (acting.Patient != Patient)
            return Away($"{Journey.Root}/campagna/{Uri.EscapeDataString(Campaign)}", "In un’altra finestra ha cominciato un’altra prenotazione: continui con quella, o ricominci.");
        return await Order(new AskByTie { Acting = acting, Declared = Form.Declared, Ticket = tickets.Of(HttpContext, Campaign), Address = HttpContext.Address() }, Begin);
    }

    private LocalRedirectResult Away(string path, string said)
    {
        TempData["Refused"] = T[said].Value;
        return new(path);
    }

    private IActionResult Begin(EntitlementAnswer answer)
    {
        if (answer.Pass is null)
        {
            Answer = answer;
            return Page();
        }

        var now = clock.GetUtcNow();
        var born = Form.FiscalCode is { } typed && FiscalCode.Read(typed.Trim().ToUpperInvariant(), places, region.DayOf(now)) is { Valid: true } code ? code.BirthDate : null;
        new Journey(
            Guid.CreateVersion7(now), Campaign, answer.Pass, answer.GivenName, answer.MunicipalityIstat, born, answer.Doses, ForOther,
            now.UtcDateTime + BookingPasses.Valid, By: Acting).Keep(HttpContext);
        return LocalRedirect(ChooseCentrePage.Path);
    }
}
