using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.People;

[Requires(PatientsModule.Read)]
internal sealed class SearchPeoplePage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool WithoutDoctor { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    [BindProperty(SupportsGet = true)]
    public string? Format { get; set; }

    public PeopleFound Found { get; private set; } = null!;

    public bool OwnList => CurrentUser.ScopesOf(PatientsModule.Register).Any(s => s.Kind == ScopeKind.GpList);

    public string Lead => OwnList ? "Le persone della sua lista." : "I residenti della sua ASL.";

    public async Task<IActionResult> OnGet()
    {
        // A page number or a box that cannot be read is left out; a list always opens.
        ModelState.Clear();
        Found = await Ask(new SearchPeople
        {
            Text = Q, WithoutDoctor = WithoutDoctor, Sort = Sort, Page = P, Whole = Format == "csv",
        });
        return Format == "csv" ? File(Export(), CsvText.MediaType, "assistiti.csv") : Page();
    }

    // The columns of the screen, in its order.
    private byte[] Export() => CsvText.Of(
    [
        [T["Cognome"], T["Nome"], T["Codice fiscale"], T["Data di nascita"], T["Sesso"], T["Residenza"], T["ASL"], T["Medico"]],
        .. Found.People.Rows.Select(r => new[]
        {
            r.FamilyName, r.GivenName, r.FiscalCode, Words.Day(r.BirthDate), r.Sex == Sex.Female ? "F" : "M", r.Residence, r.Asl, r.Doctor,
        }),
    ]);
}
