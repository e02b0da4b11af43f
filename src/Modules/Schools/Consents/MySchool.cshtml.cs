using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Schools.Letters;

namespace Platform.Schools.Consents;

[OpenToAll("It is of citizens who have signed in with their digital identity; anybody else is shown the way in.")]
internal sealed class MySchoolPage(Region region) : PlatformPage
{
    public const string Address = SignedInCitizen.Root + "/scuola";

    private SignedInCitizen citizen = null!;

    /// <summary>The consent or the letter.</summary>
    [BindProperty]
    public Guid Asked { get; set; }

    [BindProperty]
    public bool Yes { get; set; }

    public IReadOnlyList<MySchoolPerson> People { get; private set; } = [];

    private string? NetworkAddress => HttpContext.Connection.RemoteIpAddress?.ToString();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await Mediator.Send(new CitizenOf(HttpContext), Cancellation) is { } signedIn)
        {
            citizen = signedIn;
            await next();
            return;
        }

        TempData["Refused"] = T["Acceda con la sua identità digitale."].Value;
        context.Result = new LocalRedirectResult(SignedInCitizen.Root);
    }

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAnswerAsync() =>
        Order(new AnswerConsent(citizen, Asked, Yes, NetworkAddress), _ => Go(Address, Yes ? "Ha acconsentito." : "Non ha acconsentito."));

    public async Task<IActionResult> OnPostLetterAsync() =>
        File(new FamilyLetters(region, T).Draw([await Mediator.Send(new MyLetter(citizen, Asked, NetworkAddress), Cancellation)]), "application/pdf", "lettera.pdf");

    protected override async Task Load() => People = await Mediator.Send(new MySchool(citizen, NetworkAddress), Cancellation);
}
