using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Approvals;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class AwaitingApprovalPage : PlatformPage
{
    public IReadOnlyList<AssignmentAwaiting> Rows { get; private set; } = [];

    public Task OnGet() => Load();

    public Task<IActionResult> OnPostApprove(Guid id) => Order(new DecideAssignment(id, true), _ => Go("/users/approvals", "Il profilo è approvato e vale dai suoi giorni."));

    public Task<IActionResult> OnPostRefuse(Guid id) => Order(new DecideAssignment(id, false), _ => Go("/users/approvals", "Il profilo è rifiutato."));

    protected override async Task Load() => Rows = await Ask(new AwaitingApproval());
}
