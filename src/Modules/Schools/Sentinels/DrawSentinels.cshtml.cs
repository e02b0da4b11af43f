using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Schools.Register;

namespace Platform.Schools.Sentinels;

[Requires(SchoolsModule.MaySurvey)]
internal sealed class DrawSentinelsPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public DrawSentinels Form { get; set; } = new();

    public IEnumerable<SelectListItem> Asls
    {
        get
        {
            var mine = CurrentUser.ScopesOf(SchoolsModule.MaySurvey);
            return region.Asls.Where(a => mine.Contains(new Scope(ScopeKind.Asl, a.Code)) || mine.Any(s => s.Kind == ScopeKind.Region)).Select(a => new SelectListItem(a.Name, a.Code));
        }
    }

    public IEnumerable<SelectListItem> Levels => Enum.GetValues<SchoolLevel>().Where(l => l != SchoolLevel.Seat).Select(l => new SelectListItem(T[SchoolWords.Of(l)], l.ToString()));

    public void OnGet() => Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };

    public Task<IActionResult> OnPostAsync() => Order(Form, id => Go($"/schools/sentinels/{id}", "Il campione è estratto: le famiglie sono interpellate."));
}
