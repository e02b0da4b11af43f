using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.Merges;

[Requires(PatientsModule.Merge)]
internal sealed class MergePeoplePage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Other { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public Guid Survivor { get; set; }

    /// <summary>Of the first and of the second record, as they were shown.</summary>
    [BindProperty]
    public List<int> Versions { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public bool SamePerson { get; set; }

    public MergeCandidatesAnswer Found { get; private set; } = null!;
    public MergeCandidate? Second { get; private set; }
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];
    public bool Differ => MergePeople.Handler.Differ(Found.Person.Patient, Second!.Patient);

    public Task OnGet()
    {
        Survivor = Id;
        return Load();
    }

    public async Task<IActionResult> OnPostFind()
    {
        var found = await Ask(new MergeCandidates(Id, Code));
        var code = Contracts.PersonCode.Tidy(Code);
        if (code.Length > 0 && found.Others.FirstOrDefault(o => o.Patient.FiscalCode == code || o.Patient.Identities.Any(i => i.Value == code)) is { } other)
            return LocalRedirect($"/patients/{Id}/merge/{other.Patient.Id}");
        ModelState.AddModelError(nameof(Code), T["Nessuna scheda in carico alla sua ASL ha questo codice."]);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Found = found;
        return Page();
    }

    public Task<IActionResult> OnPostMerge()
    {
        if (Versions is not [var mine, var others] || Other is not { } other || (Survivor != Id && Survivor != other))
            throw Refusal.NotFound();
        var first = Survivor == Id;
        return Order(new MergePeople
        {
            SurvivorId = Survivor, SurvivorVersion = first ? mine : others, MergedId = first ? other : Id, MergedVersion = first ? others : mine,
            Reason = Reason, SamePerson = SamePerson,
        }, survivor => Go($"/patients/{survivor}", "Le due schede sono state unite."));
    }

    protected override async Task Load()
    {
        Found = await Ask(new MergeCandidates(Id, null));
        if (Other is not { } other)
            return;
        Second = Found.Others.FirstOrDefault(o => o.Patient.Id == other) ?? (await Ask(new MergeCandidates(other, null))).Person;
        Choices =
        [
            new(T["La prima: {0}", Found.Person.Patient.CodeShown ?? ""], Id.ToString()),
            new(T["La seconda: {0}", Second.Patient.CodeShown ?? ""], other.ToString()),
        ];
    }
}
