using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Collection;
using Platform.Referti.Reports;

namespace Platform.Referti.Deliveries;

[Requires(RefertiModule.Deliver)]
internal sealed class DeliveryListPage(Region region, IConfiguration configuration, TimeProvider clock) : ListPage<DeliveryRow>
{
    [BindProperty(SupportsGet = true)]
    public DeliveryState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public DeliveryChannel? Channel { get; set; }

    public LettersToPrintAnswer Letters { get; private set; } = new(0, []);

    public Guid NewRun { get; } = Guid.CreateVersion7(clock.GetUtcNow());

    public IEnumerable<SelectListItem> States => Enum.GetValues<DeliveryState>().Select(s => new SelectListItem(T[Words.Of(s)], s.ToString()));

    public IEnumerable<SelectListItem> Channels => new[] { DeliveryChannel.Email, DeliveryChannel.Letter }.Select(c => new SelectListItem(T[Words.Of(c)], c.ToString()));

    public Task<IActionResult> OnPostAgainAsync(Guid id, DeliveryChannel by) =>
        Order(new DeliverAgain { Id = id, Channel = by }, _ => Go("/referti/deliveries", "La consegna riparte."));

    public Task<IActionResult> OnPostPrintAsync(Guid run) =>
        Order(new PrintLetters { Id = run, Address = PlatformAddress.Of(configuration, Request) }, printed => File(printed.Pdf, "application/pdf", $"lettere-{run.ToString("N")[..8]}.pdf"));

    protected override string FileName => "consegne";

    protected override ListQuery<DeliveryRow> Query => new DeliveryList(State, Channel);

    protected override IReadOnlyList<ListColumn<DeliveryRow>> Columns =>
    [
        new(T["Persona"], r => r.Name) { Link = r => $"/referti/{r.ReportId}" },
        new(T["Versione"], r => r.ReportVersion),
        new(T["Mezzo"], r => T[Words.Of(r.Channel)].Value),
        new(T["Stato"], r => T[Words.Of(r.State)].Value, "state") { Badge = r => Words.KindOf(r.State) },
        new(T["Dal"], r => region.LocalOf(r.CreatedAt), "created"),
        new(T["Conclusa il"], r => r.SettledAt is { } at ? region.LocalOf(at) : null, "settled"),
        new(T["Tentativi"], r => r.Attempts),
        new(T["Perché non riesce"], r => r.Error is { } error ? T[Words.OfError(error)].Value : null),
    ];

    protected override async Task LoadFilters() => Letters = await Ask(new LettersToPrint());
}
