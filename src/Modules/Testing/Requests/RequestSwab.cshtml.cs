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

    public IEnumerable<SelectListItem> TestTypes => Enum.GetValues<TestType>().Select(t => new SelectListItem(T[Words.Of(t)], t.ToString()));
    public IEnumerable<SelectListItem> Reasons => Enum.GetValues<SwabReason>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

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
        Order(Form, id => Go($"/testing/requests/{id}", "Il tampone è stato richiesto. Comunichi alla persona il luogo e l'ora dell'appuntamento."));

    protected override async Task Load()
    {
        Person = (await Ask(new VisiblePatient(Form.PatientId))).Patient;
        Free = await Ask(new FreeSlots { Hotspot = Hotspot, Day = Day, NearMunicipality = Person.ResidenceIstat, NearAsl = Person.AslCode });
        if (Hotspot != Free.Hotspot || Day != Free.Day)
        {
            (Hotspot, Day) = (Free.Hotspot, Free.Day);
            ModelState.Remove(nameof(Hotspot));
            ModelState.Remove(nameof(Day));
        }

        Hotspots = [.. Free.Hotspots.Select(h => new SelectListItem($"{h.Name}, {region.FindMunicipality(h.MunicipalityIstat)?.Name}", h.Code))];
        Days = [.. Free.Days.Select(d => new SelectListItem(
            $"{d.Day:dddd d MMMM}: {(d.Free == 1 ? T["1 posto"] : T["{0} posti", d.Free])}", $"{d.Day:yyyy-MM-dd}"))];
    }
}
