using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Inbox;

[Requires(NotificationsModule.ReadInbox)]
internal sealed class InboxListPage(Region region) : ListPage<InboxRow>
{
    [BindProperty(SupportsGet = true)]
    public InboxShow Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty(SupportsGet = true)]
    public MessagePriority? Priority { get; set; }

    /// <summary>What waits for her, by priority.</summary>
    public IReadOnlyList<(MessagePriority Priority, string Name, int Count)> Waiting { get; private set; } = [];

    public IEnumerable<SelectListItem> Priorities => Enum.GetValues<MessagePriority>().Select(p => new SelectListItem(NameOf(p), p.ToString()));

    public IEnumerable<SelectListItem> Shows =>
        [new(T["Da leggere"], nameof(InboxShow.Unread)), new(T["Urgenti di cui nessuno ha preso atto"], nameof(InboxShow.Untaken)), new(T["Tutti"], nameof(InboxShow.All))];

    public IEnumerable<SelectListItem> Groups { get; private set; } = [];

    protected override string FileName => "messaggi";

    protected override ListQuery<InboxRow> Query => new InboxList(Show == InboxShow.All, Group, Show == InboxShow.Untaken) { Priority = Priority };

    protected override IReadOnlyList<ListColumn<InboxRow>> Columns =>
    [
        new(T["Messaggio"], r => T[r.Subject, InboxMessage.ArgumentsOf(r.Arguments)].Value) { Link = r => r.Link },
        new(T["Argomento"], r => NameOf(r.Group)),
        new(T["Quando"], r => region.LocalOf(r.At), "at"),
        new(T["Stato"], r => r.Read ? T["Letto"].Value : r.Priority == MessagePriority.High ? T["Urgente"].Value : T["Da leggere"].Value)
        {
            Badge = r => r.Read ? StateKind.Done : r.Priority == MessagePriority.High ? StateKind.Positive : StateKind.Waiting,
        },
        new(T["Preso atto"], r => r.TakenBy is null ? null : r.Takers > 1
            ? T["{0}, {1:g}, e altri {2}", r.TakenBy, region.LocalOf(r.TakenAt)!, r.Takers - 1].Value : $"{r.TakenBy}, {region.LocalOf(r.TakenAt):g}")
        {
            Link = r => r.Takers > 1 ? $"/inbox/{r.Id}/takers" : null,
        },
    ];

    protected override string? Mark(InboxRow row) => row.Read ? null : "unread";

    public Task<IActionResult> OnPostAcknowledge(List<Guid> ids) =>
        Order(new AcknowledgeMessages { Ids = ids }, count => Go(
            $"/inbox?show={Show}&priority={Priority}&group={Uri.EscapeDataString(Group ?? "")}",
            count == 1 ? "Preso atto del messaggio." : "Preso atto di {0} messaggi.", count));

    public string NameOf(string group) => T[group switch
    {
        "report" => "Referti",
        "task" => "Da fare",
        "school" => "Scuole",
        "request" => "Richieste",
        "access" => "Accessi",
        "operations" => "Allarmi",
        _ => group,
    }];

    public string NameOf(MessagePriority priority) => T[priority switch
    {
        MessagePriority.High => "Urgenti",
        MessagePriority.Normal => "Normali",
        _ => "A bassa priorità",
    }];

    protected override async Task LoadFilters()
    {
        Groups = (await Ask(new InboxGroups())).Select(g => new SelectListItem(NameOf(g), g));
        Waiting = [.. (await Ask(new WaitingByPriority())).Select(w => (w.Key, NameOf(w.Key), w.Value))];
    }
}

internal enum InboxShow
{
    Unread,
    Untaken,
    All,
}
