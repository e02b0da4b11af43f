using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Schools.Register;

namespace Platform.Schools.Cases;

[Requires(SchoolsModule.MayTryRules)]
internal sealed class TryRulesPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public TryRules Form { get; set; } = new();

    public TryRulesAnswer? Shown { get; private set; }

    public IEnumerable<SelectListItem> Sets => region.SchoolRules.Sets.Select(s => s.Code).Distinct().Select(s => new SelectListItem(s, s));

    public IEnumerable<SelectListItem> LevelItems => Enum.GetValues<SchoolLevel>().Where(l => l != SchoolLevel.Seat).Select(l => new SelectListItem(T[SchoolWords.Of(l)], l.ToString()));

    public void OnGet() => Form = new() { Day = region.DayOf(clock.GetUtcNow()), LastExposure = region.DayOf(clock.GetUtcNow()) };

    public Task<IActionResult> OnPostAsync() => Order(Form, answer =>
    {
        Shown = answer;
        return Page();
    });
}
