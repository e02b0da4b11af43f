using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Operations;

[Requires(VaccinationModule.MayOperate)]
internal sealed class OperationDetailPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int P { get; set; } = 1;

    public OperationDetailAnswer Shown { get; private set; } = null!;

    public static string Say(BulkItemState state) => state switch
    {
        BulkItemState.Waiting => "In attesa",
        BulkItemState.Moved => "Spostata",
        BulkItemState.WithoutPlace => "Senza posto",
        _ => "Non più coinvolta",
    };

    private string Here => $"/vaccination/operations/{Id}";

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostStartAsync() => Order(new StartOperation(Id), _ => Go(Here, "L’operazione è cominciata."));

    public Task<IActionResult> OnPostHaltAsync() => Order(new HaltOperation(Id), _ => Go(Here, "L’operazione è ferma: quello che è fatto resta."));

    public Task<IActionResult> OnPostDiscardAsync() => Order(new DiscardOperation(Id), _ => Go("/vaccination/operations", "Operazione scartata: non è cambiato niente."));

    protected override async Task Load() => Shown = await Ask(new OperationDetail(Id, P));
}
