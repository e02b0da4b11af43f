using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Schools.Contracts;

namespace Platform.Schools.Reports;

/// <summary>The first step says what and who; of a positive a second one shows who was in class with her. Nothing of it stands in the address.</summary>
[Requires(SchoolsModule.MayReport)]
internal sealed class SendReportPage(TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? School { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Class { get; set; }

    [BindProperty]
    public SendReport Form { get; set; } = new();

    public ReportGroundAnswer Ground { get; private set; } = null!;

    /// <summary>The second step.</summary>
    public bool Contacts { get; private set; }

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<SchoolReportKind>()
        .Where(k => Ground.Class is not null || k is SchoolReportKind.PositiveStaff or SchoolReportKind.Symptoms).Select(k => new SelectListItem(T[SchoolWords.Of(k)], k.ToString()));

    public IEnumerable<SelectListItem> People => Ground.People.Select(p => new SelectListItem($"{p.Name} · {T[SchoolWords.Of(p.Part)].Value}", p.PatientId.ToString()));

    public async Task OnGetAsync()
    {
        await Load();
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), LastDay = Ground.Today, Enrolled = Ground.Class is null ? null : Ground.People.Count(p => p.Part == Platform.Schools.People.SchoolPart.Pupil) };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Contacts = Form.OfPositive && Form.PatientId is not null;
        return await Send();
    }

    /// <summary>Of a positive the contacts come next, all ticked; any other report is whole.</summary>
    public async Task<IActionResult> OnPostNextAsync()
    {
        if (!Form.OfPositive || Form.PatientId is null || Form.LastDay is null || !ModelState.IsValid)
            return await Send();
        Contacts = true;
        await Load();
        Form.InClass.Clear();
        Form.InClass.AddRange(Ground.Contacts.Select(c => c.LinkId));
        return Page();
    }

    private Task<IActionResult> Send() => Order(Whole, id => Go($"/schools/reports/{id}", "La segnalazione è inviata alla ASL."));

    private SendReport Whole => Form with { SchoolCode = School ?? Form.SchoolCode, ClassId = Class };

    protected override async Task Load() => Ground = await Ask(new ReportGround(School, Class, Form.OfPositive ? Form.PatientId : null, Form.LastDay));
}
