using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Operations;

[Requires(VaccinationModule.MayBook)]
internal sealed class BookForCitizenPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Patient { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Campaign { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Centre { get; set; }

    /// <summary>The first dose chosen, before the second.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? First { get; set; }

    [BindProperty]
    public BookForCitizen Form { get; set; } = new();

    [BindProperty]
    public MoveForCitizen Move { get; set; } = new();

    public CitizenAtDeskAnswer Shown { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Campaigns { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Centres { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Firsts { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Seconds { get; private set; } = [];
    public CampaignAtDesk? Chosen => Shown.Campaigns.FirstOrDefault(c => c.Code == Campaign);

    private string Here => $"/vaccination/book/{Patient}";

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), First = First ?? Guid.Empty };
        Move = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(
        Form with { PatientId = Patient, Campaign = Campaign, First = Form.First == Guid.Empty ? First ?? Guid.Empty : Form.First },
        code => Go(Here, "Prenotazione registrata. Codice da dettare: {0}.", code));

    public Task<IActionResult> OnPostMoveAsync()
    {
        ModelState.Remove("Form.First");
        return Order(Move, _ => Go(Here, "Appuntamento spostato."));
    }

    public Task<IActionResult> OnPostCancelAsync(Guid booking, Guid id)
    {
        ModelState.Clear();
        return Order(new CancelForCitizen { Id = id, Booking = booking }, _ => Go(Here, "Prenotazione annullata: i posti sono liberi."));
    }

    protected override async Task Load()
    {
        Shown = await Ask(new CitizenAtDesk(Patient));
        Campaigns = [.. Shown.Campaigns.Select(c => new SelectListItem(c.Name, c.Code))];
        Centres = [.. (await Ask(new CentresToBook())).Select(c => new SelectListItem($"{c.Name}, {region.FindMunicipality(c.MunicipalityIstat)?.Name}", c.Code))];
        if (Chosen is not { } campaign || string.IsNullOrEmpty(Centre) || Centres.All(c => c.Value != Centre))
            return;
        var free = await Ask(new PlacesAtDesk(Patient, campaign.Code, Centre, First));
        (Firsts, Seconds) = ([.. free.Firsts.Select(Item)], [.. free.Seconds.Select(Item)]);
    }

    private SelectListItem Item(FreePlaces place) => new(T["{0}, posti liberi: {1}", region.LocalOf(place.StartsAt).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture), place.Free], place.Id.ToString());
}
