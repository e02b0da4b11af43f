using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Points;

[Requires(QuickSwabsModule.MayAdmit)]
internal sealed class ManagedPointPage(TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public DecidePoint Form { get; set; } = new();

    public PointStanding Shown { get; private set; } = null!;

    /// <summary>The one thing that can be decided of it now.</summary>
    public PointDecisionKind Next => !Shown.IsAdmitted ? PointDecisionKind.Admission : Shown.IsSuspended ? PointDecisionKind.Readmission : PointDecisionKind.Suspension;

    public async Task OnGetAsync()
    {
        await Load();
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Seen = Shown.Decisions.Count };
    }

    public Task<IActionResult> OnPostAsync() => Order(Form with { PointCode = Code }, _ => Go($"/quick-swabs/points/{Code}", Form.Kind switch
    {
        PointDecisionKind.Suspension => "Il punto è sospeso dai test rapidi.",
        PointDecisionKind.Readmission => "Il punto è riammesso ai test rapidi.",
        _ => "Il punto è ammesso ai test rapidi.",
    }));

    protected override async Task Load() => Shown = await Ask(new ManagedPoint(Code));
}
