using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRequest)]
internal sealed class CompleteSwabRequestPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public CompleteSwabRequest Form { get; set; } = new();

    public SwabRequest Swab { get; private set; } = null!;
    public string? Asked => Swab.Moves.LastOrDefault(m => m.State == SwabRequestState.MoreInformation)?.Note;
    public IEnumerable<SelectListItem> Reasons => ReasonItems.Of(region, Today);
    public IEnumerable<SelectListItem> SymptomItems => ReasonItems.Symptoms(region, Today);

    private DateOnly Today => region.DayOf(clock.GetUtcNow());

    public async Task OnGetAsync()
    {
        await Load();
        if (Swab.State != SwabRequestState.MoreInformation)
            throw Refusal.NotFound();
        Form = new()
        {
            Version = Swab.Version, Reason = Swab.Reason, SymptomsSince = Swab.SymptomsSince, Note = Swab.Note,
            Symptoms = [.. Swab.Symptoms.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        };
    }

    public Task<IActionResult> OnPostAsync() =>
        Order(Form with { Id = Id }, _ => Go($"/testing/requests/{Id}", "La richiesta è stata inviata di nuovo a chi autorizza."));

    protected override async Task Load()
    {
        var shown = await Ask(new SwabRequestDetails(Id));
        Swab = shown.IsRequester ? shown.Swab : throw Refusal.NotFound();
    }
}
