using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Samples;

[Requires(TestingModule.MayReceiveSamples)]
internal sealed class ReceiveSamplePage : PlatformPage
{
    [BindProperty]
    public ReceiveSample Form { get; set; } = new();

    public SamplesReceivedTodayAnswer Today { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() =>
        Order(Form, number => Go("/testing/lab/reception", "Campione {0} ricevuto.", number));

    // The field is emptied, so that the next scan does not go on behind what was refused; the refusal names it.
    protected override async Task Load()
    {
        Today = await Ask(new SamplesReceivedToday());
        Form = new();
        ModelState.SetModelValue("Form.AccessionNumber", null, null);
    }
}
