using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;

namespace Platform.Referti.Collection;

[OpenToAll("It is of citizens who have signed in with their digital identity; anybody else is shown the way in.")]
internal sealed class MyReportsPage(IEnumerable<ICitizenAction> actions) : CitizenPage
{
    public const string Address = "/ritiro/referti";

    [BindProperty]
    public Guid? Whose { get; set; }

    public MyReportsAnswer Answer { get; private set; } = null!;

    /// <summary>What else she may do today.</summary>
    public List<ICitizenAction> Actions { get; } = [];

    public IReadOnlyList<SelectListItem> People =>
        [new(T["Me"], ""), .. Answer.Others.Select(o => new SelectListItem(o.Name, o.Id.ToString(), o.Id == Answer.ForId))];

    public async Task<IActionResult> OnGetAsync()
    {
        Answer = await Mediator.Send(new MyReports(), Cancellation);
        Whose = Answer.ForId;
        foreach (var action in actions)
        {
            if (await action.IsOffered(Cancellation))
                Actions.Add(action);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostWhoseAsync()
    {
        var other = await Mediator.Send(new ActFor(Whose), Cancellation);
        await CitizenSession.Open(HttpContext, Citizen.PatientId, other, Citizen.Since, Citizen.Session);
        return LocalRedirect(Address);
    }

    public async Task<IActionResult> OnPostLeaveAsync()
    {
        await CitizenSession.Close(HttpContext, Citizen);
        return Go(CitizenSession.Path, "È uscito. Se il computer è di altri, chiuda anche il browser.");
    }
}

[OpenToAll("It is of citizens who have signed in with their digital identity; anybody else is shown the way in.")]
internal sealed class MyReportPage(Region region, IConfiguration configuration, Seal seal) : CitizenPage
{
    public MyReportAnswer Answer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        Answer = await Mediator.Send(new MyReport(id), Cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var whole = (await Mediator.Send(new MyReport(id), Cancellation)).Whole;
        var version = whole.Versions[0];
        var paper = new ReportPaper(region, T, whole, version, $"{PlatformAddress.Of(configuration, Request)}/verify/{version.VerificationCode}", seal);
        return File(paper.Draw(), "application/pdf", $"referto-v{version.Number}.pdf");
    }
}
