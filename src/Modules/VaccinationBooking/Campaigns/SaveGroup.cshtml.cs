using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Campaigns;

[Requires(VaccinationModule.MayManage)]
internal sealed class SaveGroupPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public SaveGroup Form { get; set; } = new();

    public CampaignPage Shown { get; private set; } = null!;

    public IEnumerable<SelectListItem> Categories => region.Vaccination.Categories.Select(c => new SelectListItem(c.Name, c.Code));

    public IEnumerable<SelectListItem> Doses => Enum.GetValues<GroupDoses>().Select(d => new SelectListItem(T[Words.Of(d)], d.ToString()));

    public async Task OnGetAsync(Guid? id)
    {
        await Load();
        if (id is null)
        {
            Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Priority = Shown.Groups.Count + 1, OpensOn = region.DayOf(clock.GetUtcNow()) };
            return;
        }

        var group = Shown.Groups.FirstOrDefault(g => g.Id == id) ?? throw Refusal.NotFound();
        var opens = region.LocalOf(group.OpensAt);
        Form = new()
        {
            Id = group.Id, NameIt = group.NameIt, NameEn = group.NameEn, Priority = group.Priority, BornFrom = group.BornFrom, BornUntil = group.BornUntil,
            Category = group.Category, Doses = group.Doses, OpensOn = DateOnly.FromDateTime(opens), OpensTime = TimeOnly.FromDateTime(opens),
            LastDay = group.ClosesAt is { } closes ? DateOnly.FromDateTime(region.LocalOf(closes)).AddDays(-1) : null,
        };
    }

    public Task<IActionResult> OnPostAsync() => Order(Form with { Campaign = Code }, _ => Go($"/vaccination/campaigns/{Uri.EscapeDataString(Code)}", "Gruppo salvato."));

    protected override async Task Load() => Shown = await Ask(new CampaignDetail(Code));
}
