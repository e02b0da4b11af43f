using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Imports;

[Requires(UserManagementModule.ManageUsers)]
[RequestSizeLimit(StartAccountsImport.LargestFile + (StartAccountsImport.LargestFile / 10))]
[RequestFormLimits(MultipartBodyLengthLimit = StartAccountsImport.LargestFile + (StartAccountsImport.LargestFile / 10))]
internal sealed class StartAccountsImportPage(FreshProof proof, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public StartAccountsImport Form { get; set; } = new();

    public RecentImports Recent { get; private set; } = null!;

    public Task OnGet()
    {
        // Before the file is chosen: it could not be taken along.
        proof.Demand();
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Invite = true };
        return Load();
    }

    public Task<IActionResult> OnPost() => Order(Form, id => Go($"/users/import/{id}", "Il file è stato ricevuto."));

    protected override async Task Load() => Recent = new("/users/import", await Ask(new RecentAccountsImports()));
}

[Requires(UserManagementModule.ManageUsers)]
internal sealed class OneAccountsImportPage : ImportProgressPage
{
    public override string StartPath => "/users/import";

    protected override IQuery<ImportProgress> ProgressOf(Guid id, int page) => new AccountsImportProgress(id, page);

    protected override IQuery<RefusedRows> RefusedRowsOf(Guid id) => new RefusedAccounts(id);
}
