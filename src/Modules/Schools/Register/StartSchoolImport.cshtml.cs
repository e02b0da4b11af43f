using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.Register;

[Requires(SchoolsModule.MayImport)]
[RequestSizeLimit(StartSchoolImport.LargestFile + (StartSchoolImport.LargestFile / 10))]
[RequestFormLimits(MultipartBodyLengthLimit = StartSchoolImport.LargestFile + (StartSchoolImport.LargestFile / 10))]
internal sealed class StartSchoolImportPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public StartSchoolImport Form { get; set; } = new();

    [BindProperty]
    public CloseSchools Closing { get; set; } = new();

    public RecentImports Recent { get; private set; } = null!;

    public MissingSchoolsAnswer Missing { get; private set; } = null!;

    public IEnumerable<SelectListItem> Kinds => [new(T["Scuole"], nameof(RegisterKind.Schools)), new(T["Classi"], nameof(RegisterKind.Classes))];

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, id => Go($"/schools/import/{id}", "Il file è stato ricevuto."));

    public Task<IActionResult> OnPostCloseAsync() => Order(Closing, closed => Go("/schools/import", "Scuole chiuse: {0}.", closed));

    protected override async Task Load()
    {
        Recent = new("/schools/import", await Ask(new RecentSchoolFiles()));
        Missing = await Ask(new MissingSchools());
    }
}

[Requires(SchoolsModule.MayImport)]
internal sealed class OneSchoolImportPage : ImportProgressPage
{
    public override string StartPath => "/schools/import";

    protected override IQuery<ImportProgress> ProgressOf(Guid id, int page) => new SchoolImportProgress(id, page);

    protected override IQuery<RefusedRows> RefusedRowsOf(Guid id) => new RefusedSchools(id);
}
