using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Notifications.ReleaseNotes;

[Requires(PlatformPermissions.SignedIn)]
internal sealed class ReleaseNotesPage : PlatformPage
{
    public Task OnGet() => Mediator.Send(new OpenReleaseNotes(), Cancellation);
}
