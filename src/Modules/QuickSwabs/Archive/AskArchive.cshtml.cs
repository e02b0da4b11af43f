using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Archive;

[Requires(QuickSwabsModule.MayAskArchive)]
internal sealed class AskArchivePage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public AskArchive Form { get; set; } = new();

    public IReadOnlyList<ArchiveReading> Readings { get; private set; } = [];

    /// <summary>What was read, in the answer to the form alone.</summary>
    public ReadArchiveAnswer? Read { get; private set; }

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() => Order(Form, _ => Go("/quick-swabs/archive", "La richiesta è inviata al responsabile della privacy."));

    public async Task<IActionResult> OnPostReadAsync(Guid reading)
    {
        ModelState.Clear();
        Read = await Ask(new ReadArchive(reading));
        await Load();
        return Page();
    }

    protected override async Task Load()
    {
        if (Form.Id == default)
            Form = Form with { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        Readings = await Ask(new MyReadings());
    }
}
