using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.WaitingRooms;

[Requires(VaccinationModule.MayManage)]
internal sealed class ControlRoomPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public PrepareRoom Form { get; set; } = new();

    [BindProperty]
    public SteerRoom Steered { get; set; } = new();

    public RoomFiguresAnswer Shown { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        await Load();
        Steered = new() { Rate = Shown.Room?.FixedRate };
    }

    public Task<IActionResult> OnPostPrepareAsync() => Do(Form with { Campaign = Code }, "La coda è pronta.");

    public Task<IActionResult> OnPostSteerAsync() => Do(Steered with { Campaign = Code }, "Fatto.");

    protected override async Task Load() => Shown = await Ask(new RoomFigures(Code));

    private Task<IActionResult> Do<T>(ICommand<T> command, string said) => Order(command, _ => Go($"/vaccination/campaigns/{Uri.EscapeDataString(Code)}/room", said));
}
