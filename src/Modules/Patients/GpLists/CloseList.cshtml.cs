using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.GpLists;

[Requires(PatientsModule.AssignDoctors)]
internal sealed class CloseListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public CloseList Form { get; set; } = new();

    public DoctorRow Doctor { get; private set; } = null!;

    public Task OnGet() => Load();

    public Task<IActionResult> OnPost() =>
        Order(Form with { Code = Code }, people => Go("/doctors", "La lista si chiude: {0} persone dovranno scegliere un altro medico.", people));

    protected override async Task Load() =>
        Doctor = (await Ask(new DoctorList(Code))).Rows.FirstOrDefault(d => d.Code == Code) ?? throw Refusal.NotFound();
}
