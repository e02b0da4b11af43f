using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Samples;

[Requires(TestingModule.MayTakeSamples)]
internal sealed class SendSamplesPage : PlatformPage
{
    [BindProperty]
    public SendSamples Form { get; set; } = new();

    /// <summary>A tube that goes into the box.</summary>
    [BindProperty]
    public string? Tube { get; set; }

    /// <summary>Those scanned so far, where the browser runs no script.</summary>
    [BindProperty]
    public List<Guid> Ticked { get; set; } = [];

    public IReadOnlyList<SampleToSend> Samples { get; private set; } = [];

    public Task OnGetAsync() => Load();

    /// <summary>Until something is chosen, all go.</summary>
    public bool IsTicked(Guid id) => (Ticked.Count == 0 && Form.Ids.Count == 0) || Ticked.Contains(id) || Form.Ids.Contains(id);

    public async Task<IActionResult> OnPostTickAsync()
    {
        await Load();
        var number = AccessionNumber.Normalise(Tube);
        if (Samples.FirstOrDefault(s => s.AccessionNumber == number) is { } read)
            Ticked.Add(read.Id);
        else
            ModelState.AddModelError(nameof(Tube), $"{number}: {T["non è tra i campioni da spedire"]}");
        ModelState.SetModelValue(nameof(Tube), null, null);
        return Page();
    }

    public Task<IActionResult> OnPostAsync() =>
        Order(Form, sent => Go(
            sent.Shipments is [var only] ? $"/testing/shipments/{only}" : "/testing/shipments", "Campioni spediti: {0}. Stampi la distinta che li accompagna.", sent.Count));

    protected override async Task Load() => Samples = (await Ask(new SamplesToSend())).Samples;
}
