using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.Doses;

/// <summary>What the partial <c>_NoteFacts</c> shows.</summary>
/// <param name="Back">Where it was asked for.</param>
internal sealed record FactsForm(NoteDoseElsewhere Form, NoteRecovery Recovered, string Back, Region Region, Texts Texts)
{
    public IEnumerable<SelectListItem> Vaccines => Region.Vaccination.Vaccines.Select(v => (v.Name, v.Code)).Distinct().Select(v => new SelectListItem(v.Name, v.Code));
    public IEnumerable<SelectListItem> Diseases => Region.Vaccination.Vaccines.Select(v => v.Disease).Distinct().Select(d => new SelectListItem(Words.OfDisease(d), d));
    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<DoseKind>().Select(k => new SelectListItem(Texts[Words.Of(k)], k.ToString()));
}

/// <summary>Takes the two forms; shows them again with what is wrong.</summary>
[Requires(VaccinationModule.MayNote)]
internal sealed class NoteFactsPage(Region region) : PlatformPage
{
    [BindProperty]
    public NoteDoseElsewhere Form { get; set; } = new();

    [BindProperty]
    public NoteRecovery Recovered { get; set; } = new();

    [BindProperty]
    public string? Back { get; set; }

    public FactsForm Facts => new(Form, Recovered, Home, region, T);

    // Only a path of ours.
    private string Home => Back is not null && Url.IsLocalUrl(Back) ? Back : "/";

    public IActionResult OnGet() => LocalRedirect("/");

    public Task<IActionResult> OnPostDoseAsync()
    {
        ModelState.Clear();
        return Order(Form, _ => Go(Home, "Dose registrata."));
    }

    public Task<IActionResult> OnPostRecoveryAsync()
    {
        ModelState.Clear();
        Form = Form with { Person = Recovered.Person };
        return Order(Recovered, _ => Go(Home, "Infezione registrata."));
    }
}
