using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.Standings;

[Requires(SchoolsModule.MaySeeStandings)]
internal sealed class OneStandingPage : PlatformPage
{
    public StandingRow Shown { get; private set; } = null!;

    public async Task OnGetAsync(Guid id) => Shown = await Ask(new OneStanding(id));
}
