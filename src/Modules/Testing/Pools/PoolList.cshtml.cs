using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Pools;

[Requires(TestingModule.MayReceiveSamples)]
internal sealed class PoolListPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public MakePool Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<PoolRow> Pools { get; private set; } = null!;

    public Task OnGetAsync()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, id => Go($"/testing/lab/pools/{id}", "Il pool è creato: ne stampi l'etichetta."));

    protected override async Task Load() => Pools = await Ask(new PoolList(P));
}
