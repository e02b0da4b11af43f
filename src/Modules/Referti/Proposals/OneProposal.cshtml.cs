using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.Proposals;

[Requires(RefertiModule.Validate)]
internal sealed class OneProposalPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public OneProposalAnswer Answer { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostReleaseAsync() => Order(new ReleaseProposal(Id), report => Go($"/referti/{report}", "Il referto è stato rilasciato."));

    public Task<IActionResult> OnPostSendBackAsync() =>
        Order(new SendBackProposal { Id = Id, Why = Why }, _ => Go("/referti/validate", "L'esito è stato rimandato a chi l'ha scritto."));

    public Task<IActionResult> OnPostWithdrawAsync() => Order(new WithdrawProposal(Id), _ => Go("/referti/validate", "L'esito è stato ritirato."));

    protected override async Task Load() => Answer = await Ask(new OneProposal(Id));
}
