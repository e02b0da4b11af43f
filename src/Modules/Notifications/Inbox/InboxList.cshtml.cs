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

    public IEnumerable<SelectListItem> Shows =>
        [new(T["Da leggere"], nameof(InboxShow.Unread)), new(T["Urgenti di cui nessuno ha preso atto"], nameof(InboxShow.Untaken)), new(T["Tutti"], nameof(InboxShow.All))];

    public IEnumerable<SelectListItem> Groups { get; private set; } = [];

    protected override string FileName => "messaggi";

    protected override ListQuery<InboxRow> Query => new InboxList(Show == InboxShow.All, Group, Show == InboxShow.Untaken);

    protected override IReadOnlyList<ListColumn<InboxRow>> Columns =>
    [
        new(T["Messaggio"], r => T[r.Subject, InboxMessage.ArgumentsOf(r.Arguments)].Value) { Link = r => r.Link },
        new(T["Argomento"], r => NameOf(r.Group)),
        new(T["Quando"], r => region.LocalOf(r.At), "at"),
        new(T["Stato"], r => r.Read ? T["Letto"].Value : r.Priority == MessagePriority.High ? T["Urgente"].Value : T["Da leggere"].Value)
        {
            Badge = r => r.Read ? StateKind.Done : r.Priority == MessagePriority.High ? StateKind.Positive : StateKind.Waiting,
        },
        new(T["Preso atto"], r => r.TakenBy is null ? null : $"{r.TakenBy}, {region.LocalOf(r.TakenAt):g}"),
    ];

    protected override string? Mark(InboxRow row) => row.Read ? null : "unread";

    public Task<IActionResult> OnPostAcknowledge(List<Guid> ids) =>
        Order(new AcknowledgeMessages { Ids = ids }, count => Go(
            $"/inbox?show={Show}&group={Uri.EscapeDataString(Group ?? "")}",
            count == 1 ? "Preso atto del messaggio." : "Preso atto di {0} messaggi.", count));

    public string NameOf(string group) => T[group switch
    {
        "report" => "Referti",
        "task" => "Da fare",
        "request" => "Richieste",
        "access" => "Accessi",
        _ => group,
    }];

    protected override async Task LoadFilters() => Groups = (await Ask(new InboxGroups())).Select(g => new SelectListItem(NameOf(g), g));
}

internal enum InboxShow
{
    Unread,
    Untaken,
    All,
}
