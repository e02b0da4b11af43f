using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Entitlements;

[Requires(VaccinationModule.MayManage)]
[RequestSizeLimit(StartEntitledImport.LargestFile + (StartEntitledImport.LargestFile / 10))]
[RequestFormLimits(MultipartBodyLengthLimit = StartEntitledImport.LargestFile + (StartEntitledImport.LargestFile / 10))]
internal sealed class StartEntitledImportPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public StartEntitledImport Form { get; set; } = new();

    public RecentImports Recent { get; private set; } = null!;

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, id => Go($"/vaccination/entitled/{id}", "Il file è stato ricevuto."));

    protected override async Task Load() => Recent = new("/vaccination/entitled", await Ask(new RecentEntitled()));
}

[Requires(VaccinationModule.MayManage)]
internal sealed class OneEntitledImportPage : ImportProgressPage
{
    public override string StartPath => "/vaccination/entitled";

    protected override IQuery<ImportProgress> ProgressOf(Guid id, int page) => new EntitledProgress(id, page);

    protected override IQuery<RefusedRows> RefusedRowsOf(Guid id) => new RefusedEntitled(id);
}
