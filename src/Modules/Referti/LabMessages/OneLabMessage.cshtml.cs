using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.LabMessages;

[Requires(RefertiModule.WorkQueue)]
internal sealed class OneLabMessagePage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public OneLabMessageAnswer Answer { get; private set; } = null!;

    public async Task OnGetAsync() => Answer = await Ask(new OneLabMessage(Id));
}
