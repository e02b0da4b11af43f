using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.Imports;

// A little above the limit: a file just over it is told so kindly, beside the field.
[Requires(PatientsModule.Import)]
[RequestSizeLimit(StartImport.LargestFile + (StartImport.LargestFile / 10))]
[RequestFormLimits(MultipartBodyLengthLimit = StartImport.LargestFile + (StartImport.LargestFile / 10))]
internal sealed class StartImportPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public StartImport Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];
    public RecentImports Recent { get; private set; } = null!;

    public Task OnGet()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form, id => Go($"/patients/import/{id}", "Il file è stato ricevuto."));

    protected override async Task Load()
    {
        Kinds = [new(T["Persone"], nameof(ImportKind.People)), new(T["Medici"], nameof(ImportKind.Doctors))];
        Recent = new("/patients/import", await Ask(new RecentFiles()));
    }
}
