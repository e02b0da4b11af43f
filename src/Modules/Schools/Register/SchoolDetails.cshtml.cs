using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.Register;

[Requires(SchoolsModule.MayRead)]
internal sealed class SchoolDetailsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    // Addresses of forms are written in small letters.
    public string Code
    {
        get;
        set => field = SchoolCode.Tidy(value);
    } = "";

    [BindProperty]
    public AddClass Form { get; set; } = new();

    public SchoolDetailsAnswer Shown { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostClassAsync() => Order(Form with { SchoolCode = Code }, _ => Go($"/schools/register/{Code}", "La classe è aggiunta."));

    public Task<IActionResult> OnPostCloseAsync() => Order(new CloseSchools { Codes = [Code] }, _ => Go($"/schools/register/{Code}", "La scuola è chiusa: nulla di nuovo può essere registrato per lei."));

    protected override async Task Load() => Shown = await Ask(new SchoolDetails(Code));
}
