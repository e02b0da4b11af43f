using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.Operations;

[Requires(PlatformPermissions.Operate)]
internal sealed class OverviewPage : PlatformPage
{
    public IReadOnlyList<Finding> Found { get; private set; } = [];

    public async Task OnGetAsync() => Found = await Ask(new Findings());
}
