using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web.TagHelpers;

namespace Platform.Notifications.Announcements;

[Requires(PlatformPermissions.Operate)]
internal sealed class AnnouncementListPage(Region region, TimeProvider clock) : ListPage<Announcement>
{
    [BindProperty(SupportsGet = true)]
    public AnnouncementState? State { get; set; }

    protected override string FileName => "manutenzione";

    protected override ListQuery<Announcement> Query => new AnnouncementList(State);

    protected override IReadOnlyList<ListColumn<Announcement>> Columns =>
    [
        new(T["Comincia"], a => region.LocalOf(a.StartsAt), "from"),
        new(T["Finisce"], a => region.LocalOf(a.EndsAt)),
        new(T["Avviso"], a => Texts.Italian ? a.TextIt : a.TextEn),
        new(T["Servizio"], a => a.Closes ? T["Chiuso"].Value : T["Aperto"].Value),
        new(T["Visibile da"], a => region.LocalOf(a.ShownFrom)),
        new(T["Stato"], a => NameOf(StateOf(a)))
        {
            Badge = a => StateOf(a) switch
            {
                AnnouncementState.Coming => StateKind.Waiting,
                AnnouncementState.Now => StateKind.Warning,
                AnnouncementState.Over => StateKind.Done,
                _ => StateKind.Stopped,
            },
        },
        new(T["Scritto da"], a => a.WrittenBy),
        new(T["Disdetto da"], a => a.CalledOffBy),
    ];

    public IEnumerable<SelectListItem> States => Enum.GetValues<AnnouncementState>().Select(s => new SelectListItem(NameOf(s), s.ToString()));

    public Task<IActionResult> OnPostCallOff(Guid id) =>
        Order(new CallOffAnnouncement(id), _ => Go("/notifications/announcements", "L’avviso è disdetto: nessuno lo vede più."));

    public AnnouncementState StateOf(Announcement announcement) => announcement.StateAt(clock.GetUtcNow().UtcDateTime);

    private string NameOf(AnnouncementState state) => T[state switch
    {
        AnnouncementState.Coming => "In programma",
        AnnouncementState.Now => "Adesso",
        AnnouncementState.Over => "Conclusa",
        _ => "Disdetta",
    }];
}
