using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Labels;

namespace Platform.Testing.Pools;

[Requires(TestingModule.MayReceiveSamples)]
internal sealed class PoolDetailsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PoolDetailsAnswer Shown { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostNegativeAsync() => Resolve(negative: true);

    public Task<IActionResult> OnPostSplitAsync() => Resolve(negative: false);

    protected override async Task Load() => Shown = await Ask(new PoolDetails(Id));

    private Task<IActionResult> Resolve(bool negative) =>
        Order(new ResolvePool(Id, negative), _ => Go($"/testing/lab/pools/{Id}", "L'esito del pool è registrato."));
}

[Requires(TestingModule.MayReceiveSamples)]
internal sealed class PoolLabelPage(Region region) : PlatformPage
{
    public async Task<IActionResult> OnGetAsync(Guid id, string? size)
    {
        var pool = (await Ask(new PoolDetails(id))).Pool;
        var paper = region.Swabs.LabelSizes.FirstOrDefault(s => s.Code == size) ?? region.Swabs.LabelSizes[0];
        return File(LabelDocument.Draw(pool.Number, paper, ["POOL", $"{pool.Members}", $"{region.LocalOf(pool.MadeAt):g}"]), "application/pdf");
    }
}
