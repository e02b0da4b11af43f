using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Schools.Cases;

[Requires(SchoolsModule.MaySeeCases)]
internal sealed class CaseDetailsPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>A rule set to look at the case with.</summary>
    [BindProperty(SupportsGet = true, Name = "set")]
    public string? Try { get; set; }

    [BindProperty]
    public DecideClass Form { get; set; } = new();

    public CaseDetailsAnswer Shown { get; private set; } = null!;

    public bool Decides => Shown.Case.State != SchoolCaseState.Ended && Try is null && CurrentUser.May(SchoolsModule.MayDecide);

    public IEnumerable<SelectListItem> Outcomes =>
    [
        new(T["Conferma la proposta"], nameof(DecisionOutcome.Confirmed)), new(T["Modifica"], nameof(DecisionOutcome.Changed)), new(T["Rifiuta: nessuna misura"], nameof(DecisionOutcome.Refused)),
    ];

    public IEnumerable<SelectListItem> Measures => Enum.GetValues<ClassMeasure>().Select(m => new SelectListItem(T[CaseWords.Of(m)], m.ToString()));

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<MeasureKind>().Select(m => new SelectListItem(T[CaseWords.Of(m)], m.ToString()));

    public IEnumerable<SelectListItem> Sets => region.SchoolRules.Sets.Where(s => s.Levels.Contains(RuleSet.WordOf(Shown.Case.Level))).Select(s => new SelectListItem(s.Code, s.Code));

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostDecideAsync() => Order(Form with { CaseId = Id }, _ => Go($"/schools/cases/{Id}", "La decisione è presa."));

    public Task<IActionResult> OnPostEndAsync()
    {
        ModelState.Clear();
        return Order(new EndCase(Id), _ => Go($"/schools/cases/{Id}", "Il caso è concluso."));
    }

    /// <summary>Each once, also where no rule says anything of them.</summary>
    private IEnumerable<CaseContact> Contacts()
    {
        var ill = Shown.Case.Positives.Where(p => p.LostAt is null).Select(p => p.PatientId).ToHashSet();
        return Shown.Case.Contacts.Where(c => !ill.Contains(c.PatientId)).GroupBy(c => c.PatientId, (_, same) => same.OrderByDescending(c => c.Exempt).First())
            .OrderBy(c => Shown.NameOf(c.PatientId), StringComparer.CurrentCulture);
    }

    protected override async Task Load()
    {
        Shown = await Ask(new CaseDetails(Id, Try));
        if (Form.Id == Guid.Empty)
        {
            Form = new()
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), Version = Shown.Case.Version, Measure = Shown.Proposal?.Measure, Until = Shown.Proposal?.Until,
                People = [.. Contacts().Select(c => new ChangedMeasure
                {
                    PatientId = c.PatientId, Kind = Shown.Proposal?.People.FirstOrDefault(p => p.PatientId == c.PatientId)?.Kind ?? MeasureKind.None, Exempt = c.Exempt,
                })],
            };
        }
    }
}
