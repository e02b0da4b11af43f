using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.People;

[Requires(SchoolsModule.MayKeepLists)]
internal sealed class SchoolStaffPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    // Addresses of forms are written in small letters.
    public string Code
    {
        get;
        set => field = SchoolCode.Tidy(value);
    } = "";

    [BindProperty]
    public AddToSchool Form { get; set; } = new();

    public SchoolStaffAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Parts => new[] { SchoolPart.Teacher, SchoolPart.Staff }.Select(p => new SelectListItem(T[SchoolWords.Of(p)], p.ToString()));

    public IEnumerable<SelectListItem> Classes => Shown.Classes.Select(c => new SelectListItem(c.Name, c.Id.ToString()));

    public string ClassOf(LinkedPerson one) => Shown.Classes.FirstOrDefault(c => c.Id == one.ClassId)?.Name ?? "–";

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Part = SchoolPart.Teacher, From = region.DayOf(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(Form with { SchoolCode = Code }, _ => Go($"/schools/register/{Code}/people", "La persona fa parte della scuola."));

    public Task<IActionResult> OnPostEndAsync(Guid link)
    {
        ModelState.Clear();
        return Order(new EndLink(link), _ => Go($"/schools/register/{Code}/people", "La persona non ne fa più parte."));
    }

    protected override async Task Load() => Shown = await Ask(new SchoolStaff(Code));
}
