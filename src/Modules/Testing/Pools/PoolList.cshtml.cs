using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Pools;

[Requires(TestingModule.MayReceiveSamples)]
internal sealed class PoolListPage(Region region, TimeProvider clock) : ListPage<PoolRow>
{
    [BindProperty]
    public MakePool Form { get; set; } = new();

    protected override string FileName => "pool";

    protected override ListQuery<PoolRow> Query => new PoolList();

    protected override IReadOnlyList<ListColumn<PoolRow>> Columns =>
    [
        new(T["Numero"], r => r.Number, "number") { Link = r => $"/testing/lab/pools/{r.Id}" },
        new(T["Test"], r => T[Words.Of(r.TestType)].Value),
        new(T["Campioni"], r => r.Members, "members"),
        new(T["Senza referto"], r => r.WithoutReport),
        new(T["Creato"], r => region.LocalOf(r.MadeAt), "made"),
        new(T["Stato"], r => T[Words.Of(r.State)].Value) { Badge = r => Marks.Of(r.State) },
    ];

    public Task<IActionResult> OnPostAsync() => Order(Form, id => Go($"/testing/lab/pools/{id}", "Il pool è creato: ne stampi l'etichetta."));

    protected override Task LoadFilters()
    {
        if (Form.Id == default)
            Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Task.CompletedTask;
    }
}
