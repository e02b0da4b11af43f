using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web.TagHelpers;

namespace Platform.Correspondence.Conversations;

[Requires(CorrespondenceModule.Converse)]
internal sealed class ConversationListPage(Region region) : ListPage<ConversationRow>
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public ConversationShow Show { get; set; }

    public IEnumerable<SelectListItem> Shows => Enum.GetValues<ConversationShow>().Select(s => new SelectListItem(T[s switch
    {
        ConversationShow.Open => "Aperte",
        ConversationShow.Unread => "Da leggere",
        ConversationShow.Urgent => "Urgenti",
        ConversationShow.Closed => "Chiuse",
        _ => "Tutte",
    }], s.ToString()));

    protected override string FileName => "conversazioni";

    protected override ListQuery<ConversationRow> Query => new ConversationList(Show, Text);

    protected override IReadOnlyList<ListColumn<ConversationRow>> Columns =>
    [
        new(T["Oggetto"], r => r.Subject) { Link = r => $"/conversations/{r.Id}" },
        new(T["Persona"], r => r.PersonName),
        new(T["Con"], r => r.Mine == Side.Office ? r.DoctorName : Words.Office(r.AslCode, region, T)),
        new(T["Ultimo messaggio"], r => region.LocalOf(r.LastAt), "at"),
        new(T["Iniziata"], r => region.LocalOf(r.OpenedAt), "opened"),
        new(T["Stato"], r => T[Stands(r).Word].Value) { Badge = r => Stands(r).Kind },
        new(T["Letta di là"], r => r.Unseen ? T["No"].Value : T["Sì"].Value),
    ];

    protected override string? Mark(ConversationRow row) => row.Unread ? "unread" : null;

    private static (string Word, StateKind Kind) Stands(ConversationRow row) =>
        row.ClosedAt is not null ? ("Chiusa", StateKind.Done)
        : row.Urgent ? (row.Unread ? "Urgente, da leggere" : "Urgente", StateKind.Positive)
        : row.Unread ? ("Da leggere", StateKind.Waiting) : ("Aperta", StateKind.Neutral);
}
