using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Notifications.Inbox;

[Requires(NotificationsModule.ReadInbox)]
internal sealed class TakersPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public TakersAnswer Shown { get; private set; } = null!;

    public async Task OnGetAsync() => Shown = await Ask(new Takers(Id));
}
