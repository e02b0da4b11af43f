using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Requests;
using Platform.Testing.Shipments;

namespace Platform.Testing.Samples;

[Requires(TestingModule.MayReceiveSamples)]
internal sealed class ReceiveSamplePage : PlatformPage
{
    [BindProperty]
    public ReceiveSample Form { get; set; } = new();

    public SamplesReceivedTodayAnswer Today { get; private set; } = null!;

    private bool scanned;

    public string Sum(int received, int onTheirWay) => T["Oggi ricevuti: {0}. Ancora in viaggio: {1}.", received, onTheirWay];

    public Task OnGetAsync() => Load();

    [BindProperty]
    public RejectSample Rejected { get; set; } = new();

    public IEnumerable<SelectListItem> RejectReasons => Failures.AtReception.Select(f => new SelectListItem(T[Words.Of(f)], f.ToString()));

    public Task<IActionResult> OnPostRejectAsync() =>
        Order(Rejected, number => Go("/testing/lab/reception", "Campione {0} scartato: chi ha fatto la richiesta ne è informato.", number));

    public Task<IActionResult> OnPostAsync() => ReceiveShipment.IsNumber(Form.AccessionNumber)
        ? Order(new ReceiveShipment(Form.AccessionNumber!), tubes => Go("/testing/lab/reception", "Spedizione ricevuta: {0} provette.", tubes))
        : Order(Form, sample => Go("/testing/lab/reception", sample.Already ? "Il campione {0} era già stato ricevuto." : "Campione {0} ricevuto.", sample.AccessionNumber));

    /// <summary>The same without leaving the page: the answer is one line.</summary>
    public async Task<IActionResult> OnPostScanAsync()
    {
        scanned = true;
        ScanLine? line = null;
        if (ReceiveShipment.IsNumber(Form.AccessionNumber))
        {
            await Order(new ReceiveShipment(Form.AccessionNumber!), tubes =>
            {
                line = new("scan-done", T["Spedizione ricevuta: {0} provette.", tubes], null);
                return Page();
            });
        }
        else
        {
            await Order(Form, sample =>
            {
                line = sample.Already
                    ? new("scan-again", T["Il campione {0} era già stato ricevuto.", sample.AccessionNumber], null)
                    : new("scan-done", T["Campione {0} ricevuto.", sample.AccessionNumber], null);
                return Page();
            });
        }

        if (line is null)
            return Partial("/Samples/_Scan.cshtml", new ScanLine("scan-refused", string.Join(' ', ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage)), null));
        var (received, onTheirWay) = await Ask(new ReceptionCounts());
        return Partial("/Samples/_Scan.cshtml", line with { Sum = Sum(received, onTheirWay) });
    }

    // The field is emptied, so that the next scan does not go on behind what was refused; the refusal names it.
    protected override async Task Load()
    {
        if (scanned)
            return;
        Today = await Ask(new SamplesReceivedToday());
        Form = new();
        ModelState.SetModelValue("Form.AccessionNumber", null, null);
    }
}
