using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Swabs;

[Requires(QuickSwabsModule.MayTest)]
internal sealed class RunningSwabsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Point { get; set; }

    public RunningSwabsAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Points => Shown.Points.Select(p => new SelectListItem(p.Point.Name, p.Point.Code));

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostResultAsync(EnterQuickResult form) => Order(form, _ => Go($"/quick-swabs/{form.Id}", "L'esito è registrato."));

    protected override async Task Load() => Shown = await Ask(new RunningSwabs(Point));
}
