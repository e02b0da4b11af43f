using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Doses;

[Requires(VaccinationModule.MayVaccinate)]
internal sealed class ArrivalDetailPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public GiveDose Form { get; set; } = new();

    [BindProperty]
    public AssessArrival Assessed { get; set; } = new();

    [BindProperty]
    public ReportAdverseEvent Adverse { get; set; } = new();

    [BindProperty]
    public BookSecondDose Second { get; set; } = new();

    [BindProperty]
    public AnnulDose Annulled { get; set; } = new();

    public ArrivalAnswer Shown { get; private set; } = null!;
    public FactsForm Facts => new(new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Person = Id }, new() { Person = Id }, $"/vaccination/arrivals/{Id}", region, T);
    public IEnumerable<SelectListItem> Questions => Shown.Questions.Select(q => new SelectListItem(q.Text, q.Code));
    public IEnumerable<SelectListItem> Consents => Enum.GetValues<ConsentBy>().Select(c => new SelectListItem(T[Words.Of(c)], c.ToString()));
    public IEnumerable<SelectListItem> Sites => Enum.GetValues<InjectionSite>().Select(s => new SelectListItem(T[Words.Of(s)], s.ToString()));
    public IEnumerable<SelectListItem> Seconds => Shown.Seconds.Select(p => new SelectListItem($"{region.LocalOf(p.StartsAt):ddd d MMM yyyy, HH:mm}", p.Id.ToString()));
    public IEnumerable<SelectListItem> Criteria => Enum.GetValues<AdverseCriterion>().Select(c => new SelectListItem(T[Words.Of(c)], c.ToString()));
    public IEnumerable<SelectListItem> Outcomes => Enum.GetValues<AdverseOutcome>().Select(o => new SelectListItem(T[Words.Of(o)], o.ToString()));
    public IEnumerable<SelectListItem> Reactions => region.Vaccination.Reactions.Select(r => new SelectListItem(r.Name, r.Code));

    public IEnumerable<SelectListItem> Lots => Shown.Lots.Select(l => new SelectListItem(T["{0}, lotto {1}, scade il {2}, dosi: {3}", region.Vaccination.NameOfVaccine(l.VaccineCode), l.LotNumber, l.ExpiresOn.ToString("d", CultureInfo.CurrentCulture), l.Doses], l.Id.ToString()));

    private bool assessing;

    private string Here => $"/vaccination/arrivals/{Id}";

    /// <summary>What was refused is shown again, opened.</summary>
    public bool AnnulRefused { get; private set; }

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAssessAsync()
    {
        assessing = true;
        return Do(Assessed with { Id = Id }, "Anamnesi registrata.");
    }

    public Task<IActionResult> OnPostGiveAsync() => Do(Form with { Arrival = Id }, "Dose registrata.");

    public Task<IActionResult> OnPostObservedAsync(Guid dose) => Do(new EndObservation(dose), "Osservazione finita.");

    public Task<IActionResult> OnPostAdverseAsync() => Do(Adverse, "Reazione segnalata.");

    public Task<IActionResult> OnPostSecondAsync()
    {
        ModelState.Clear();
        return Order(Second with { Arrival = Id }, code => Go(Here, "Seconda dose prenotata. Codice da darle: {0}.", code));
    }

    public Task<IActionResult> OnPostAnnulAsync()
    {
        AnnulRefused = true;
        return Do(Annulled, "Dose annullata.");
    }

    protected override async Task Load()
    {
        Shown = await Ask(new ArrivalDetail(Id));
        // Forms that were not the one just sent begin anew, also after that one was refused.
        if (Form.Id == Guid.Empty)
            Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        if (Adverse.Id == Guid.Empty)
            Adverse = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        if (Second.Id == Guid.Empty)
            Second = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        if (!assessing)
            Assessed = new() { Yes = [.. (Shown.Arrival.Answers ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)], Consent = Shown.Arrival.Consent, Note = Shown.Arrival.Note };
    }

    private Task<IActionResult> Do<T>(ICommand<T> command, string said)
    {
        ModelState.Clear();
        return Order(command, _ => Go(Here, said));
    }
}
