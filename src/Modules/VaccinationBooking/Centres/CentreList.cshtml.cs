using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Centres;

[Requires(VaccinationModule.MayRunCentres)]
internal sealed class CentreListPage : PlatformPage
{
    public IReadOnlyList<CentreLine> Centres { get; private set; } = [];

    public async Task OnGetAsync() => Centres = await Ask(new CentreList());
}
