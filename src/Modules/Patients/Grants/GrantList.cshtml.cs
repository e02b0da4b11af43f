using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.Grants;

[Requires(PatientsModule.Grant)]
internal sealed class GrantListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public bool Out { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Past { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public GrantListAnswer Found { get; private set; } = null!;

    public IReadOnlyList<GrantRequestRow> Requests { get; private set; } = [];

    public Task OnGet() => Load();

    public Task<IActionResult> OnPostGive(Guid id) => Simply(new DecideGrantRequest { Id = id, Give = true }, "La persona è ora visibile all'ASL che l'ha chiesto.");

    public Task<IActionResult> OnPostRefuse(Guid id, string? why) => Simply(new DecideGrantRequest { Id = id, Why = why }, "La richiesta è respinta.");

    public Task<IActionResult> OnPostWithdraw(Guid id) => Simply(new WithdrawGrantRequest(id), "La richiesta è ritirata.");

    protected override async Task Load()
    {
        Found = await Ask(new GrantList { Out = Out, Past = Past, Page = P });
        Requests = (await Ask(new GrantRequestList(Out, Past))).Rows;
    }

    private Task<IActionResult> Simply(ICommand<MediatR.Unit> command, string said)
    {
        ModelState.Clear();
        return Order(command, _ => Go(Out ? "/patients/grants?Out=true" : "/patients/grants", said));
    }
}
