using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Labs;

[Requires(TestingModule.MayStopLabs)]
internal sealed class LabsAtWorkPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public StopLab Form { get; set; } = new();

    public IReadOnlyList<LabAtWork> Labs { get; private set; } = [];
    public IEnumerable<SelectListItem> LabItems => Labs.Select(l => new SelectListItem(l.Name, l.Code));

    public async Task OnGetAsync()
    {
        await Load();
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Lab = Labs is [var only] ? only.Code : null };
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, _ => Go("/testing/labs", "Il fermo è registrato: i nuovi campioni vanno altrove."));

    public Task<IActionResult> OnPostEndAsync(Guid stop) => Order(new EndLabStop(stop), _ => Go("/testing/labs", "Il fermo è terminato."));

    protected override async Task Load() => Labs = await Ask(new LabsAtWork());
}
