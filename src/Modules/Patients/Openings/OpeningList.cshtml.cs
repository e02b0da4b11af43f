using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.People;

namespace Platform.Patients.Openings;

[Requires(PatientsModule.WatchOpenings)]
internal sealed class OpeningListPage(TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<NotedRow<Opening>> Found { get; private set; } = null!;

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task OnGet() => Load();

    public Task<IActionResult> OnPostRevoke(Guid id)
    {
        ModelState.Clear();
        return Order(new RevokeOpening(id), _ => Go("/patients/openings", "L'accesso è revocato."));
    }

    protected override async Task Load() => Found = await Ask(new OpeningList(P));
}
