using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRead)]
internal sealed class SwabRequestDetailsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public CancelSwabRequest Form { get; set; } = new();

    public SwabRequestDetailsAnswer Shown { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() =>
        Order(Form with { Id = Id }, _ => Go($"/testing/requests/{Id}", "La richiesta è stata annullata."));

    protected override async Task Load() => Shown = await Ask(new SwabRequestDetails(Id));
}
