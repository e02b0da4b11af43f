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

    public IEnumerable<SelectListItem> Lots => Shown.Lots.Select(l => new SelectListItem($"{region.Vaccination.NameOfVaccine(l.VaccineCode)} · {l.LotNumber} · {l.ExpiresOn:d} · {l.Doses}", l.Id.ToString()));

    private string Here => $"/vaccination/arrivals/{Id}";

    public async Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        Adverse = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        Second = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        await Load();
        Assessed = new() { Yes = [.. (Shown.Arrival.Answers ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)], Consent = Shown.Arrival.Consent, Note = Shown.Arrival.Note };
    }

    public Task<IActionResult> OnPostAssessAsync() => Do(Assessed with { Id = Id }, "Anamnesi registrata.");

    public Task<IActionResult> OnPostGiveAsync() => Do(Form with { Arrival = Id }, "Dose registrata.");

    public Task<IActionResult> OnPostObservedAsync(Guid dose) => Do(new EndObservation(dose), "Osservazione finita.");

    public Task<IActionResult> OnPostAdverseAsync() => Do(Adverse, "Reazione segnalata.");

    public Task<IActionResult> OnPostSecondAsync()
    {
        ModelState.Clear();
        return Order(Second with { Arrival = Id }, code => Go(Here, "Seconda dose prenotata. Codice da darle: {0}.", code));
    }

    public Task<IActionResult> OnPostAnnulAsync() => Do(Annulled, "Dose annullata.");

    protected override async Task Load() => Shown = await Ask(new ArrivalDetail(Id));

    private Task<IActionResult> Do<T>(ICommand<T> command, string said)
    {
        ModelState.Clear();
        return Order(command, _ => Go(Here, said));
    }
}
