using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

[Requires(QuickSwabsModule.MayRead)]
internal sealed class QuickSwabDetailsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public EnterQuickResult Entered { get; set; } = new();

    [BindProperty]
    public CorrectQuickSwab Corrected { get; set; } = new();

    [BindProperty]
    public AnnulQuickSwab Annulled { get; set; } = new();

    public QuickSwabDetailsAnswer Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Results =>
        Enum.GetValues<QuickSwabResult>().OrderBy(r => r != QuickSwabResult.Negative).Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostResultAsync() => OnlyThis(Entered, () => Order(Entered with { Id = Id }, _ => Go($"/quick-swabs/{Id}", "L'esito è registrato.")));

    public Task<IActionResult> OnPostCorrectAsync() => OnlyThis(Corrected, () => Order(Corrected with { Id = Id }, _ => Go($"/quick-swabs/{Id}", "L'esito è corretto.")));

    public Task<IActionResult> OnPostAnnulAsync() => OnlyThis(Annulled, () => Order(Annulled with { Id = Id }, _ => Go($"/quick-swabs/{Id}", "Il test è annullato.")));

    public Task<IActionResult> OnPostBookAsync(Guid slot) => OnlyThis(slot, () => Order(new BookMolecular(Id, slot), _ => Go($"/quick-swabs/{Id}", "Il tampone molecolare è prenotato.")));

    protected override async Task Load() => Shown = await Ask(new QuickSwabDetails(Id));

    // The other forms of the page are not sent with this one.
    private Task<IActionResult> OnlyThis<T>(T form, Func<Task<IActionResult>> send)
    {
        _ = form;
        ModelState.Clear();
        return send();
    }
}
