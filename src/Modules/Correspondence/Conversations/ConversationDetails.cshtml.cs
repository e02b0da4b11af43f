using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Correspondence.Conversations;

[Requires(CorrespondenceModule.Converse)]
internal sealed class ConversationDetailsPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public Reply Form { get; set; } = new();

    public ConversationDetailsAnswer Shown { get; private set; } = null!;

    private string Here => $"/conversations/{Id}";

    public async Task OnGetAsync()
    {
        await Load();
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Urgent = Shown.Conversation.Urgent };
        await Mediator.Send(new ReadConversation(Id, Shown.Messages[^1].At), Cancellation);
    }

    public Task<IActionResult> OnPostAsync() => Order(Form with { ConversationId = Id }, _ => Go(Here, "Il messaggio è inviato."));

    public Task<IActionResult> OnPostCloseAsync() => Order(new CloseConversation(Id, true), _ => Go(Here, "La conversazione è chiusa."));

    public Task<IActionResult> OnPostReopenAsync() => Order(new CloseConversation(Id, false), _ => Go(Here, "La conversazione è di nuovo aperta."));

    public string NameOf(Side side) => Shown.Conversation.NameOf(side, region, T);

    protected override async Task Load() => Shown = await Ask(new ConversationDetails(Id));
}
