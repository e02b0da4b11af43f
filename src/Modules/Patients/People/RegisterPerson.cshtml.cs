using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Duplicates;
using Platform.Patients.GpLists;

namespace Platform.Patients.People;

[Requires(PatientsModule.Register)]
internal sealed class RegisterPersonPage(TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public RegisterPerson Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Sexes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Doctors { get; private set; } = [];

    /// <summary>Whom it may be; filled in while one types, and after a refusal also without scripts.</summary>
    public LikelyDuplicatesAnswer Alike { get; private set; } = new([], false);

    public bool AskSomebodyElse { get; private set; }

    public Task OnGet()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form, id => Go($"/patients/{id}", "La persona è stata registrata."));

    protected override async Task Load()
    {
        Sexes = SexChoices.Of(T);
        if (CurrentUser.May(PatientsModule.AssignDoctors))
            Doctors = [.. (await Ask(new DoctorChoices())).Select(d => d.Choice(T))];
        if (ModelState.IsValid)
            return;
        Alike = await Ask(Form.Alike);
        AskSomebodyElse = Alike.Elsewhere || Alike.People.Any(p => p.Likeness != Likeness.SameCode);
    }
}
