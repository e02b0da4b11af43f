using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.People;

[Requires(SchoolsModule.MayKeepLists)]
internal sealed class OneListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public ApplyList Form { get; set; } = new();

    [BindProperty]
    public MatchColumns Columns { get; set; } = new();

    /// <summary>The columns are to be seen and corrected though all are recognised.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Match { get; set; }

    public OneListAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Fields(string? chosen) => ListFields.All.Select(f => new SelectListItem(T[f.Title], f.Field.Name, f.Field.Name == chosen));

    public async Task OnGetAsync()
    {
        await Load();
        Form = new() { From = Shown.From };
    }

    public Task<IActionResult> OnPostAsync() => Order(Form with { Id = Id }, done => Go(
        done.Open > 0 ? $"/schools/lists/{Id}" : $"/schools/register/{done.SchoolCode}",
        "Nuovi: {0}, passati da un’altra classe: {1}, usciti: {2}, già a posto: {3}, righe non prese: {4}.", done.Added, done.Moved, done.Ended, done.Unchanged, done.Open));

    public Task<IActionResult> OnPostColumnsAsync()
    {
        ModelState.Clear();
        return Order(Columns with { Id = Id }, _ => Go($"/schools/lists/{Id}", "Le colonne sono abbinate, anche per i prossimi elenchi di questa scuola."));
    }

    protected override async Task Load() => Shown = await Ask(new OneList(Id));
}
