using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Schools.Standings;
using Platform.Testing.Contracts;

namespace Platform.Schools.Sentinels;

[Requires(SchoolsModule.MaySurvey)]
internal sealed class OneSentinelPage : PlatformPage
{
    [BindProperty]
    public PlaceSentinels Form { get; set; } = new();

    public OneSentinelAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Hotspots => Shown.Hotspots.Select(h => new SelectListItem(h.Name, h.Code));

    public IEnumerable<SelectListItem> TestTypes =>
        new[] { TestType.Saliva, TestType.Molecular, TestType.Antigen }.Select(t => new SelectListItem(T[StandingWords.Of(t)], t.ToString()));

    private Guid Id => Guid.Parse((string)RouteData.Values["id"]!);

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() => Order(Form = Form with { Id = Id }, done => Go($"/schools/sentinels/{Id}", "{0} tamponi prenotati; senza posto: {1}.", done.Placed, done.Without));

    protected override async Task Load() => Shown = await Ask(new OneSentinel(Id));
}
