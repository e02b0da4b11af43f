using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Schools.Standings;
using Platform.Testing.Contracts;

namespace Platform.Schools.ClassTests;

[Requires(SchoolsModule.MayAct)]
internal sealed class ClassActsPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public CallUpClass Form { get; set; } = new();

    public ClassActsAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Hotspots =>
        Shown.Places.Select(p => new SelectListItem($"{p.Name}, {region.FindMunicipality(p.MunicipalityIstat)?.Name}", p.Code));

    public IEnumerable<SelectListItem> TestTypes =>
        new[] { TestType.Molecular, TestType.Antigen, TestType.Saliva }.Select(t => new SelectListItem(T[StandingWords.Of(t)], t.ToString()));

    private Guid Id => Guid.Parse((string)RouteData.Values["id"]!);

    public async Task OnGetAsync()
    {
        await Load();
        var today = region.DayOf(clock.GetUtcNow());
        Form = new()
        {
            Tests = [.. Shown.Wanted.Select(wanted => new CallUpTest
            {
                Test = wanted.Code, Day = wanted.Day > today ? wanted.Day : today.AddDays(1), Hotspot = Shown.Asked.FirstOrDefault(a => a.Test == wanted.Code)?.Hotspot ?? (Shown.Places.Count > 0 ? Shown.Places[0].Code : null),
            })],
        };
    }

    public Task<IActionResult> OnPostAsync() => Order(Form = Form with { Id = Id }, done => done.Without == 0
        ? Go($"/schools/acts/{Id}", "{0} tamponi prenotati, {1} lettere scritte.", done.Placed, done.Letters)
        : Go($"/schools/acts/{Id}", "{0} tamponi prenotati, {1} lettere scritte. Senza posto: {2}. Scelga per loro un altro hotspot o un altro giorno.", done.Placed, done.Letters, done.Without));

    protected override async Task Load() => Shown = await Ask(new ClassActs(Id));
}
