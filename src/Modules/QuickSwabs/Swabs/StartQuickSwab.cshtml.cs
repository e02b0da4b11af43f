using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.QuickSwabs.Devices;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Preregistrations;

namespace Platform.QuickSwabs.Swabs;

[Requires(QuickSwabsModule.MayTest)]
internal sealed class StartQuickSwabPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public StartQuickSwab Form { get; set; } = new();

    public IReadOnlyList<PointStanding> Mine { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Points { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Devices { get; private set; } = [];

    /// <param name="from">A pre-registration that was scanned.</param>
    public async Task OnGetAsync(Guid? from)
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        if (from is { } scanned)
        {
            var said = await Ask(new ScannedPreregistration(scanned));
            Form = Form with
            {
                Preregistration = scanned,
                FiscalCode = said.FiscalCode,
                FamilyName = said.FamilyName,
                GivenName = said.GivenName,
                BirthDate = said.BirthDate,
                Residence = said.Residence,
                Email = said.Email,
                Phone = said.Phone,
                Symptoms = said.Symptoms,
                SymptomsSince = said.SymptomsSince,
                Link = said.Link,
            };
        }

        await Load();
        if (Points is [var only])
            Form = Form with { PointCode = only.Value };
        // The kit of the last test of the day is usually the next one's too.
        if (await Ask(new LastKit()) is { } last)
            Form = Form with { PointCode = last.PointCode, DeviceJrc = last.DeviceJrc, Lot = last.Lot, KitExpiry = last.Expiry };
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, id => Go($"/quick-swabs/{id}", "Il test è iniziato."));

    protected override async Task Load()
    {
        Mine = await Ask(new MyPoints());
        Points = [.. Mine.Where(p => p.IsAtWork).Select(p => new SelectListItem(p.Point.Name, p.Point.Code))];
        Devices = [.. (await Ask(new DevicesOfDay())).Select(d => new SelectListItem($"{d.FullName} ({d.Jrc})", d.Jrc))];
    }
}
