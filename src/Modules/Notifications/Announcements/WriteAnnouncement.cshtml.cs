using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Notifications.Announcements;

[Requires(PlatformPermissions.Operate)]
internal sealed class WriteAnnouncementPage(Region region, TimeProvider clock) : PlatformPage
{
    private static readonly int[] Hours = [0, 2, 6, 24, 48, 72, 168, 336];

    [BindProperty]
    public WriteAnnouncement Form { get; set; } = new();

    public IEnumerable<SelectListItem> Befores => Hours.Select(h => new SelectListItem(
        h switch { 0 => T["L’inizio"].Value, < 48 => T["{0} ore prima", h].Value, _ => T["{0} giorni prima", h / 24].Value }, $"{h}"));

    public async Task OnGet(Guid? id)
    {
        if (id is not { } known)
        {
            Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
            return;
        }

        var written = await Ask(new AnnouncementById(known));
        Form = new()
        {
            Id = written.Id, Version = written.Version, TextIt = written.TextIt, TextEn = written.TextEn,
            From = region.LocalOf(written.StartsAt), To = region.LocalOf(written.EndsAt), HoursBefore = written.HoursBefore, Closes = written.Closes,
        };
    }

    public Task<IActionResult> OnPost() => Order(Form, _ => Go("/notifications/announcements", "L’avviso è salvato."));
}
