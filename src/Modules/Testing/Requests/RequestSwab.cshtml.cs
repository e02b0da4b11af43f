using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRequest)]
internal sealed class RequestSwabPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public RequestSwab Form { get; set; } = new();

    /// <summary>Where the slots are looked for.</summary>
    [BindProperty]
    public string? Hotspot { get; set; }

    [BindProperty]
    public DateOnly? Day { get; set; }

    public PatientSummary Person { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Hotspots { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Days { get; private set; } = [];
    public FreeSlotsAnswer Free { get; private set; } = null!;

    /// <summary>Those the region offers today; a reason may demand another one, and says so.</summary>
    public IEnumerable<SelectListItem> TestTypes => Enum.GetValues<TestType>().Where(t => region.Swabs.SpecimenOf(t.Code(), Today) is not null)
        .Select(t => new SelectListItem(T[Words.Of(t)], t.ToString()));

    public IEnumerable<SelectListItem> Reasons => ReasonItems.Of(region, Today);
    public IEnumerable<SelectListItem> SymptomItems => ReasonItems.Symptoms(region, Today);

    private DateOnly Today => region.DayOf(clock.GetUtcNow());

    public async Task OnGetAsync(Guid patient)
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), PatientId = patient, TestType = TestType.Molecular };
        await Load();
    }

    /// <summary>Another hotspot or day: the same page with its slots, and all that was typed.</summary>
    public async Task<IActionResult> OnPostSlotsAsync()
    {
        // What was typed stays as typed; what is wrong with it is said when the request is sent.
        foreach (var entry in ModelState.Values)
            entry.Errors.Clear();
        await Load();
        return Page();
    }

    public Task<IActionResult> OnPostAsync() =>
        Order(Form, id => Go($"/testing/requests/{id}", NeedsAuthorisation
            ? "La richiesta è stata proposta: il servizio di igiene pubblica la deve autorizzare. Il posto è tenuto intanto."
            : "Il tampone è stato richiesto. Comunichi alla persona il luogo e l'ora dell'appuntamento."));

    private bool NeedsAuthorisation => region.Swabs.ReasonsOn(Today).FirstOrDefault(r => r.Code == Form.Reason) is { } reason && Authorisation.IsNeeded(reason, CurrentUser);

    protected override async Task Load()
    {
        Person = (await Ask(new VisiblePatient(Form.PatientId))).Patient;
        Free = await Ask(new FreeSlots { Hotspot = Hotspot, Day = Day, NearMunicipality = Person.ResidenceIstat, NearAsl = Person.AslCode, AtHome = true });
        if (Hotspot != Free.Hotspot || Day != Free.Day)
        {
            (Hotspot, Day) = (Free.Hotspot, Free.Day);
            ModelState.Remove(nameof(Hotspot));
            ModelState.Remove(nameof(Day));
        }

        Hotspots = Free.HotspotItems(region, T);
        Days = Free.DayItems(T);
    }
}
