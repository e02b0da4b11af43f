using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Delegations;

[Requires(UserManagementModule.Delegate)]
internal sealed class DelegationListPage(Region region, ScopeNames names, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public GrantDelegation Form { get; set; } = new();

    public Delegations Shown { get; private set; } = null!;

    public DateOnly Today => region.DayOf(clock.GetUtcNow());

    public IEnumerable<SelectListItem> Lists => Shown.Own.Select(r => new SelectListItem(names.Of(r.Assignment.Scope), r.ScopeCode));

    public IEnumerable<SelectListItem> Kinds =>
        [new(T["Un medico che la sostituisce"], nameof(DelegationKind.Substitute)), new(T["La segreteria"], nameof(DelegationKind.Secretary))];

    public async Task OnGet()
    {
        await Load();
        Form = new() { From = Today, List = Shown.Own.Count == 1 ? Shown.Own[0].ScopeCode : "" };
    }

    public Task<IActionResult> OnPost() => Order(Form, _ => Go("/delegations", "La delega è data."));

    public Task<IActionResult> OnPostRevoke(Guid id)
    {
        ModelState.Clear();
        return Order(new RevokeDelegation(id), _ => Go("/delegations", "La delega è revocata."));
    }

    protected override async Task Load() => Shown = await Ask(new DelegationList());
}
