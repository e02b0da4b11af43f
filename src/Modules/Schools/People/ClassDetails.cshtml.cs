using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.People;

[Requires(SchoolsModule.MayKeepLists)]
internal sealed class ClassDetailsPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public AddToSchool Form { get; set; } = new();

    public ClassDetailsAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Parts => Enum.GetValues<SchoolPart>().Select(p => new SelectListItem(T[SchoolWords.Of(p)], p.ToString()));

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), From = region.DayOf(clock.GetUtcNow()) };
        return Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var of = (await Ask(new ClassDetails(Id))).Class;
        return await Order(Form with { SchoolCode = of.SchoolCode, ClassId = Id }, _ => Go($"/schools/classes/{Id}", "La persona fa parte della classe."));
    }

    public Task<IActionResult> OnPostEndAsync(Guid link)
    {
        ModelState.Clear();
        return Order(new EndLink(link), _ => Go($"/schools/classes/{Id}", "La persona non fa più parte della classe."));
    }

    public Task<IActionResult> OnPostCloseAsync()
    {
        ModelState.Clear();
        return Order(new CloseClass(Id), school => Go($"/schools/register/{school}", "La classe è chiusa."));
    }

    protected override async Task Load() => Shown = await Ask(new ClassDetails(Id));
}
