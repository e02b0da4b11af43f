using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Points;

[Requires(QuickSwabsModule.MayAdmit)]
internal sealed class ManagedPointsPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public DecidePoint Form { get; set; } = new();

    public ManagedPointsAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Candidates => Shown.Candidates.Select(p => new SelectListItem($"{p.Name} ({T[Words.Of(p.Kind)]})", p.Code));

    public async Task OnGetAsync()
    {
        await Load();
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
    }

    public Task<IActionResult> OnPostAsync() =>
        Order(Form with { Kind = PointDecisionKind.Admission, Seen = 0 }, _ => Go($"/quick-swabs/points/{Form.PointCode}", "Il punto è ammesso ai test rapidi."));

    protected override async Task Load() => Shown = await Ask(new ManagedPoints());
}
