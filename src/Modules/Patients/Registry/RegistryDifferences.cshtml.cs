using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.Registry;

[Requires(PatientsModule.Register)]
internal sealed class RegistryDifferencesPage(IRegionalRegistry registry) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public AcceptFromRegistry Form { get; set; } = new();

    public RegistryDifferencesAnswer Found { get; private set; } = null!;

    public Task OnGet() => registry.IsThere ? Load() : throw Refusal.NotFound();

    public Task<IActionResult> OnPost() =>
        Order(Form with { Id = Id }, _ => Go($"/patients/{Id}", "I dati scelti sono stati presi dal registro regionale."));

    protected override async Task Load() => Found = await Ask(new RegistryDifferences(Id));
}
