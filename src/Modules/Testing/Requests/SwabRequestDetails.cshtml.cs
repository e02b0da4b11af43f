using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Contracts;
using Platform.Testing.Labs;
using Platform.Testing.Samples;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRead)]
internal sealed class SwabRequestDetailsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public CancelSwabRequest Form { get; set; } = new();

    [BindProperty]
    public DeclineSwab Decision { get; set; } = new();

    [BindProperty]
    public TakeSample Take { get; set; } = new();

    [BindProperty]
    public NoSample None { get; set; } = new();

    [BindProperty]
    public RejectSample Rejected { get; set; } = new();

    public SwabRequestDetailsAnswer Shown { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Labs { get; private set; } = [];
    public IEnumerable<SelectListItem> NoSampleReasons => Failures.BeforeSample.Select(f => new SelectListItem(T[Words.Of(f)], f.ToString()));
    public IEnumerable<SelectListItem> RejectReasons => Failures.AtReception.Select(f => new SelectListItem(T[Words.Of(f)], f.ToString()));

    private string Here => $"/testing/requests/{Id}";

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() =>
        Order(Form with { Id = Id }, _ => Go(Here, "La richiesta è stata annullata."));

    public Task<IActionResult> OnPostAuthoriseAsync() =>
        Order(new AuthoriseSwab { Id = Id, Version = Decision.Version }, state => Go(Here, state == SwabRequestState.Booked
            ? "La richiesta è autorizzata, con il suo appuntamento."
            : "La richiesta è autorizzata: chi l'ha fatta deve ora prenotare l'appuntamento."));

    public Task<IActionResult> OnPostDeclineAsync() =>
        Order(Decision with { Id = Id }, _ => Go(Here, Decision.ToComplete
            ? "A chi ha fatto la richiesta è stato chiesto di completarla."
            : "La richiesta non è stata autorizzata."));

    public Task<IActionResult> OnPostTakeAsync() =>
        Order(Take with { Id = Id }, sample => Go(Here, sample.Already ? "Il campione era già stato prelevato: {0}." : "Campione prelevato: {0}.", sample.AccessionNumber));

    public Task<IActionResult> OnPostNoSampleAsync() =>
        Order(None with { Id = Id }, _ => Go(Here, "Registrato: chi ha fatto la richiesta ne è informato."));

    public Task<IActionResult> OnPostRejectAsync() =>
        Order(Rejected with { Id = Id }, _ => Go(Here, "Il campione è scartato: chi ha fatto la richiesta ne è informato."));

    protected override async Task Load()
    {
        Shown = await Ask(new SwabRequestDetails(Id));
        if (Shown.MayTake)
            Labs = [.. (await Ask(new LabsFor(Id))).Select(l => new SelectListItem(
                T["{0}: arretrato {1}, capacità {2} al giorno", l.Name, l.Backlog, l.DailyCapacity], l.Code))];
    }
}
