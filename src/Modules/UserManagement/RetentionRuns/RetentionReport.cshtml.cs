using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.RetentionRuns;

[Requires(UserManagementModule.SeeRetention)]
internal sealed class RetentionReportPage : PlatformPage
{
    public RetentionReportAnswer Report { get; private set; } = null!;

    public async Task OnGet() => Report = await Ask(new RetentionReport());
}
