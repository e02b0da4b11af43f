using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Samples;

[Requires(TestingModule.MayTakeSamples)]
internal sealed class SendSamplesPage : PlatformPage
{
    [BindProperty]
    public SendSamples Form { get; set; } = new();

    public IReadOnlyList<SampleToSend> Samples { get; private set; } = [];

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() =>
        Order(Form, sent => Go("/testing/hotspot/dispatch", "Campioni spediti: {0}.", sent));

    protected override async Task Load() => Samples = (await Ask(new SamplesToSend())).Samples;
}
