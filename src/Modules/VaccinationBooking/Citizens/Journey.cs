using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>How far a citizen has come: carried by her browser, sealed; nothing of it is kept here until she holds a place.</summary>
/// <param name="Id">Of the booking to be: pressed twice, the last button books once.</param>
/// <param name="Born">Which vaccines she may have follows from it.</param>
/// <param name="ForOther">Somebody books for her, and has stated her consent.</param>
/// <param name="Until">UTC; with it the pass ends too.</param>
/// <param name="HeldUntil">UTC; the places of <paramref name="First"/> and <paramref name="Second"/> are kept so long.</param>
/// <param name="By">Who has signed in and acts for her, or for herself; null for whom code and card have told.</param>
/// <param name="Booked">Key of the booking, once it is there (<see cref="Bookings.BookingKeys"/>).</param>
internal sealed record Journey(
    Guid Id, string Campaign, string Pass, string GivenName, string? Municipality, DateOnly? Born, int Doses, bool ForOther, DateTime Until,
    string? Centre = null, Guid? First = null, Guid? Second = null, DateTime? HeldUntil = null, string? Booked = null, Acting? By = null)
{
    public const string Root = "/vaccini";

    private const string Cookie = "platform-vaccini";

    public static Journey? Read(HttpContext context) =>
        context.RequestServices.GetRequiredService<SealedCookies>().Read(context, Cookie) is { } text ? JsonSerializer.Deserialize<Journey>(text) : null;

    public void Keep(HttpContext context) =>
        context.RequestServices.GetRequiredService<SealedCookies>().Write(context, Cookie, Root, JsonSerializer.Serialize(this), Until);

    public static void Leave(HttpContext context) => SealedCookies.Forget(context, Cookie, Root);
}

/// <summary>A page of the way after one is recognised; who is not, or was too long ago, begins again.</summary>
internal abstract class JourneyPage : PlatformPage
{
    /// <summary>The journey for which the form was shown: in another window she may have begun one for somebody else.</summary>
    [BindProperty]
    public Guid Of { get; set; }

    public Journey Journey { get; protected set; } = null!;

    /// <summary>By the pass itself, which nobody can change.</summary>
    protected DosesToBook ToBook =>
        HttpContext.RequestServices.GetRequiredService<BookingPasses>().Open(Journey.Pass).ToBook ?? new(1, Journey.Doses, null, null, null, false, Journey.Born);

    protected string Address => HttpContext.Address();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var journey = Journey.Read(HttpContext);
        context.Result = journey is null ? Again(Journey.Root, T["È passato troppo tempo: inserisca di nuovo codice fiscale e tessera sanitaria."])
            : HttpMethods.IsPost(Request.Method) && Of != journey.Id
                ? Again(ChooseCentrePage.Path, T["In un’altra finestra ha cominciato un’altra prenotazione: continui con quella, o ricominci."])
            : Elsewhere(journey) is { } path ? new LocalRedirectResult(path) : null;
        if (context.Result is null && journey!.By is { } acting && !await acting.IsIn(Mediator, Cancellation))
            context.Result = Again(SignedInCitizen.Root, T["La sessione è finita: acceda di nuovo."]);
        if (context.Result is not null)
            return;
        Journey = journey!;
        await next();
    }

    /// <summary>Where the journey has to go before, or has gone already; null when this is its page.</summary>
    protected abstract string? Elsewhere(Journey journey);

    protected void Keep(Journey journey)
    {
        Journey = journey;
        journey.Keep(HttpContext);
    }

    private LocalRedirectResult Again(string path, string said)
    {
        TempData["Refused"] = said;
        return new(path);
    }
}
