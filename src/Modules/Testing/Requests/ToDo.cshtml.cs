using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRequest)]
internal sealed class ToDoPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<ToDoRow> Requests { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostRepeatAsync(Guid request) =>
        Order(new RepeatSwab(request), id => Go($"/testing/requests/{id}", "È stato richiesto un nuovo campione: comunichi alla persona il luogo e l'ora."));

    protected override async Task Load() => Requests = (await Ask(new ToDo { Page = P })).Requests;
}
