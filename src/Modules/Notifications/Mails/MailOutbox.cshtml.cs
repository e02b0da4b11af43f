using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Notifications.Mails;

[Requires(NotificationsModule.ReadOutbox)]
internal sealed class MailOutboxPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public MailState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public MailOutboxAnswer Outbox { get; private set; } = null!;

    public IEnumerable<SelectListItem> States => Enum.GetValues<MailState>().Select(s => new SelectListItem(NameOf(s), s.ToString()));

    public Task OnGet() => Load();

    public Task<IActionResult> OnPostAgain(Guid id) =>
        Order(new SendMailAgain { Id = id }, _ => Go("/notifications/outbox", "L’e-mail è di nuovo in partenza."));

    public string NameOf(MailState state) => T[state switch
    {
        MailState.Waiting => "In attesa",
        MailState.Sent => "Inviata",
        _ => "Non riuscita",
    }];

    protected override async Task Load() => Outbox = await Ask(new MailOutbox(State, P));
}
