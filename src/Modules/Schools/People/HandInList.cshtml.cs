using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.People;

[Requires(SchoolsModule.MayKeepLists)]
[RequestSizeLimit(HandInList.LargestFile * 2)]
internal sealed class HandInListPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public HandInList Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? School { get; set; }

    public RecentListsAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Schools => Shown.Schools.Select(s => new SelectListItem($"{s.Name} · {T[SchoolWords.Of(s.Level)].Value} · {s.Code}", s.Code));

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), SchoolCode = School };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, id => Go($"/schools/lists/{id}", "Il file è stato ricevuto: controlli che cosa cambierebbe."));

    protected override async Task Load() => Shown = await Ask(new RecentLists());
}
