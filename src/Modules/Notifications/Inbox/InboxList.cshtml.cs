using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Notifications.Inbox;

[Requires(NotificationsModule.ReadInbox)]
internal sealed class InboxListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public InboxShow Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public InboxListAnswer Inbox { get; private set; } = null!;

    public IEnumerable<SelectListItem> Shows =>
        [new(T["Da leggere"], nameof(InboxShow.Unread)), new(T["Tutti"], nameof(InboxShow.All))];

    public IEnumerable<SelectListItem> Groups => Inbox.Groups.Select(g => new SelectListItem(NameOf(g), g));

    public Task OnGet() => Load();

    public Task<IActionResult> OnPostAcknowledge(List<Guid> ids) =>
        Order(new AcknowledgeMessages { Ids = ids }, count => Go(
            $"/inbox?show={Show}&group={Uri.EscapeDataString(Group ?? "")}",
            count == 1 ? "Preso atto del messaggio." : "Preso atto di {0} messaggi.", count));

    public string NameOf(string group) => T[group switch
    {
        "report" => "Referti",
        "task" => "Da fare",
        "request" => "Richieste",
        _ => group,
    }];

    protected override async Task Load() => Inbox = await Ask(new InboxList(Show == InboxShow.All, Group, P));
}

internal enum InboxShow
{
    Unread,
    All,
}
