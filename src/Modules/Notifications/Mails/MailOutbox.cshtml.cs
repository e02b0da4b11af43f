using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web.TagHelpers;

namespace Platform.Notifications.Mails;

[Requires(NotificationsModule.ReadOutbox)]
internal sealed class MailOutboxPage(MailSettings settings, Region region) : ListPage<Mail>
{
    [BindProperty(SupportsGet = true)]
    public MailState? State { get; set; }

    public bool Sends => settings.Sends;

    protected override string FileName => "posta-in-uscita";

    protected override ListQuery<Mail> Query => new MailOutbox(State);

    protected override IReadOnlyList<ListColumn<Mail>> Columns =>
    [
        new(T["E-mail"], m => m.Subject),
        new(T["A"], m => m.ToAddress),
        new(T["Quando"], m => region.LocalOf(m.CreatedAt), "at"),
        new(T["Stato"], m => NameOf(m.State)) { Badge = m => m.State switch { MailState.Sent => StateKind.Done, MailState.Failed => StateKind.Stopped, _ => StateKind.Waiting } },
        new(T["Errore"], m => m.LastError),
        new(T["Tentativi"], m => m.AttemptCount),
    ];

    public IEnumerable<SelectListItem> States => Enum.GetValues<MailState>().Select(s => new SelectListItem(NameOf(s), s.ToString()));

    public Task<IActionResult> OnPostAgain(Guid id) =>
        Order(new SendMailAgain { Id = id }, _ => Go("/notifications/outbox", "L’e-mail è di nuovo in partenza."));

    public string NameOf(MailState state) => T[state switch
    {
        MailState.Waiting => "In attesa",
        MailState.Sent => "Inviata",
        _ => "Non riuscita",
    }];
}
