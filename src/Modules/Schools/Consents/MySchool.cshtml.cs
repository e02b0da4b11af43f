using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Schools.Letters;

namespace Platform.Schools.Consents;

[OpenToAll("It is of citizens who have signed in with their digital identity; anybody else is shown the way in.")]
internal sealed class MySchoolPage(Region region) : SignedInPage
{
    public const string Address = SignedInCitizen.Root + "/scuola";

    /// <summary>The consent or the letter.</summary>
    [BindProperty]
    public Guid Asked { get; set; }

    [BindProperty]
    public bool Yes { get; set; }

    public IReadOnlyList<MySchoolPerson> People { get; private set; } = [];

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAnswerAsync() =>
        Order(new AnswerConsent(Citizen, Asked, Yes, HttpContext.Address()), _ => Go(Address, Yes ? "Ha acconsentito." : "Non ha acconsentito."));

    public async Task<IActionResult> OnPostLetterAsync() =>
        File(new FamilyLetters(region, T).Draw([await Mediator.Send(new MyLetter(Citizen, Asked, HttpContext.Address()), Cancellation)]), "application/pdf", "lettera.pdf");

    protected override async Task Load() => People = await Mediator.Send(new MySchool(Citizen, HttpContext.Address()), Cancellation);
}
