using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Duplicates;
using Platform.Patients.GpLists;
using Platform.Patients.Registry;

namespace Platform.Patients.People;

[Requires(PatientsModule.Register)]
internal sealed class RegisterPersonPage(IRegionalRegistry registry, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public RegisterPerson Form { get; set; } = new();

    public IReadOnlyList<SelectListItem> Sexes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Doctors { get; private set; } = [];

    /// <summary>Whom it may be; filled in while one types, and after a refusal also without scripts.</summary>
    public LikelyDuplicatesAnswer Alike { get; private set; } = new([], false);

    public bool AskSomebodyElse { get; private set; }

    public bool HasRegistry => registry.IsThere;

    /// <summary>What became of the look-up in the regional registry, if one was asked for.</summary>
    public LookUp? Looked { get; private set; }

    public Task OnGet()
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };
        return Load();
    }

    public Task<IActionResult> OnPost() =>
        Order(Form, id => Go($"/patients/{id}", "La persona è stata registrata."));

    /// <summary>Fills in the form from the regional registry; what was typed and is not known there stays.</summary>
    public async Task<IActionResult> OnPostLookUp()
    {
        ModelState.Clear();
        try
        {
            var answer = await Ask(new LookUpPerson(Form.FiscalCode));
            Looked = answer.Outcome;
            if (answer.Person is { } person)
                Form = Form.FilledIn(person);
        }
        catch (ValidationException invalid)
        {
            ModelState.AddModelError("Form.FiscalCode", T[invalid.Errors.First().ErrorMessage]);
        }

        await Load();
        Alike = await Ask(Form.Alike);
        return Page();
    }

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
