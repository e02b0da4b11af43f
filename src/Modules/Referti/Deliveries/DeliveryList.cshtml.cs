using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Collection;
using Platform.Referti.Reports;

namespace Platform.Referti.Deliveries;

[Requires(RefertiModule.Deliver)]
internal sealed class DeliveryListPage(IConfiguration configuration, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public DeliveryState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public DeliveryChannel? Channel { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public DeliveryListAnswer Answer { get; private set; } = null!;

    public Guid NewRun { get; } = Guid.CreateVersion7(clock.GetUtcNow());

    public IEnumerable<SelectListItem> States => Enum.GetValues<DeliveryState>().Select(s => new SelectListItem(T[Words.Of(s)], s.ToString()));

    public IEnumerable<SelectListItem> Channels => new[] { DeliveryChannel.Email, DeliveryChannel.Letter }.Select(c => new SelectListItem(T[Words.Of(c)], c.ToString()));

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAgainAsync(Guid id, DeliveryChannel by) =>
        Order(new DeliverAgain { Id = id, Channel = by }, _ => Go("/referti/deliveries", "La consegna riparte."));

    public Task<IActionResult> OnPostPrintAsync(Guid run) =>
        Order(new PrintLetters { Id = run, Address = PlatformAddress.Of(configuration, Request) }, printed => File(printed.Pdf, "application/pdf", $"lettere-{run.ToString("N")[..8]}.pdf"));

    protected override async Task Load() => Answer = await Ask(new DeliveryList(State, Channel, Math.Max(1, P)));
}
