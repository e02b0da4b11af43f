using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.QuickSwabs.Devices;

namespace Platform.QuickSwabs.Kits;

[Requires(QuickSwabsModule.MayKeepKits)]
internal sealed class KitsOfPointsPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public NoteKits Noted { get; set; } = new();

    [BindProperty]
    public AskSupply Asked { get; set; } = new();

    public KitsOfPointsAnswer Shown { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Devices { get; private set; } = [];

    public IEnumerable<SelectListItem> Points => Shown.Mine.Select(p => new SelectListItem(p.Name, p.Code));

    public bool Decides => CurrentUser.May(QuickSwabsModule.MaySupply);

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostNoteAsync()
    {
        Keep(nameof(Noted));
        return Order(Noted, _ => Go("/quick-swabs/kits", "I kit sono annotati."));
    }

    public Task<IActionResult> OnPostAskAsync()
    {
        Keep(nameof(Asked));
        return Order(Asked, _ => Go("/quick-swabs/kits", "La richiesta è inviata all'ASL."));
    }

    public Task<IActionResult> OnPostDecideAsync(Guid supply, int version, SupplyState state)
    {
        Keep("");
        return Order(new DecideSupply(supply, version, state, null), _ => Go("/quick-swabs/kits", "La decisione è registrata."));
    }

    protected override async Task Load()
    {
        Shown = await Ask(new KitsOfPoints());
        if (Shown.Mine.Count > 0)
            Devices = [.. (await Ask(new DevicesOfDay())).Select(d => new SelectListItem($"{d.FullName} ({d.Jrc})", d.Jrc))];
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var first = Shown.Mine.Count > 0 ? Shown.Mine[0].Code : null;
        Noted = Noted.Id == default ? Noted with { Id = id, PointCode = first, Quantity = 25 } : Noted;
        Asked = Asked.Id == default ? Asked with { Id = id, PointCode = first, Quantity = 25 } : Asked;
    }

    // The other forms of the page are not sent with this one.
    private void Keep(string form)
    {
        foreach (var key in ModelState.Keys.Where(k => form.Length == 0 || !k.StartsWith(form + ".", StringComparison.Ordinal)).ToList())
            ModelState.Remove(key);
    }
}
