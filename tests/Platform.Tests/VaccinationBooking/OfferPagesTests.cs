using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Offers;

namespace Platform.Tests.VaccinationBooking;

/// <summary>The line as its people see it: asking, the centre's left-over doses, the offer.</summary>
public sealed class OfferPagesTests
{
    [Theory, OnEachEngine]
    public async Task A_nurse_offers_the_doses_of_the_evening_and_who_waits_sees_the_place_before_she_takes_it(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        await app.Slot(2, 5, 38);
        var citizen = app.Visitor();
        var asked = await Ask(citizen, people[0].FiscalCode!, "Torino (TO)");
        Assert.Contains("Persone davanti a lei: 0. Cerchiamo prima a Torino", asked.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("Persone davanti a lei: 1", (await Ask(app.Visitor(), people[1].FiscalCode!, "torino")).Text, StringComparison.Ordinal);

        var nurse = await app.SignedIn(As.VaccinationCentre(VaccinationApp.Centre));
        var day = await nurse.Open("/vaccination/day");
        Assert.Contains("In lista ora: 2.", day.Text, StringComparison.Ordinal);
        var hour = app.Region.LocalOf(app.Clock.Now.UtcDateTime);
        string At(int minutes) => hour.AddMinutes(minutes).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        (string, string)[] left = [("Campagna", VaccinationApp.Campaign), ("Vaccino", "comirnaty"), ("Quante dosi", "1")];
        var soon = await nurse.Submit(day, "Offri a chi è in lista", [.. left, ("Per che ora", At(10))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, soon.Status);
        Assert.Contains("almeno 30 minuti", soon.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.True(soon.Page.QuerySelector("details[open] form[aria-label='Dosi avanzate']") is not null);
        var flu = await nurse.Submit(soon, "Offri a chi è in lista", [.. left[..1], ("Vaccino", "flu-quadrivalent"), ("Quante dosi", "1"), ("Per che ora", At(120))]);
        Assert.Contains("non è della campagna scelta", flu.Page.Body!.TextContent, StringComparison.Ordinal);
        var sent = await nurse.Submit(soon, "Offri a chi è in lista", [.. left, ("Per che ora", At(120))]);
        Assert.Contains("Offerte partite: 1.", sent.Page.Body!.TextContent, StringComparison.Ordinal);
        // Sent twice, it is the same slot.
        await nurse.Submit(soon, "Offri a chi è in lista", [.. left, ("Per che ora", At(120))]);
        Assert.Equal(1, await app.Db<VaccinationDb, int>(db => db.Slots.CountAsync(s => s.Dose == 1)));

        var offer = await app.Db<VaccinationDb, PlaceOffer>(db => db.Offers.AsNoTracking().SingleAsync());
        var (code, words) = (Booking.Shown(offer.Code), ("Codice dell’offerta", Booking.Shown(offer.Code)));
        var wrong = await citizen.Submit(await citizen.Open("/vaccini/offerta"), "Mostra il posto", words, ("Codice fiscale", people[1].FiscalCode!));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (wrong.Status, wrong.ValueOf("Codice dell’offerta")));
        var shown = await citizen.Submit(wrong, "Mostra il posto", words, ("Codice fiscale", people[0].FiscalCode!));
        Assert.Contains("Hub di prova", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Seconda dose", shown.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Bookings.CountAsync()));
        var taken = await citizen.Submit(shown, "Accetto il posto");
        Assert.Contains("Il posto è suo", taken.Text, StringComparison.Ordinal);
        Assert.Contains(Booking.Shown(await app.Db<VaccinationDb, string>(db => db.Bookings.Select(b => b.Code).SingleAsync())), taken.Text, StringComparison.Ordinal);
        // The other button, from another window: it is hers already.
        Assert.Contains("già stata accettata", (await citizen.Submit(shown, "Lo lascio ad altri")).Page.Body!.TextContent, StringComparison.Ordinal);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task The_municipality_is_typed_and_what_is_unclear_is_asked_again(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        var citizen = app.Visitor();
        Assert.Null((await citizen.Open("/vaccini/avviso")).Page.QuerySelector("select[name='Form.Municipality']"));
        var several = await Ask(citizen, person.FiscalCode!, "San");
        Assert.Contains("Più comuni cominciano così", several.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("San", several.ValueOf("Comune"));
        Assert.Contains("Nessun comune", (await Ask(citizen, person.FiscalCode!, "Atlantide")).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Scriva il comune", (await Ask(citizen, person.FiscalCode!, "")).ErrorOf("Comune"), StringComparison.Ordinal);
        Assert.Contains("Cerchiamo prima a Ivrea", (await Ask(citizen, person.FiscalCode!, "ivre")).Text, StringComparison.Ordinal);
        Assert.Equal("001125", await app.Db<VaccinationDb, string>(db => db.Wishes.Select(w => w.MunicipalityIstat).SingleAsync()));
    }

    private static async Task<Screen> Ask(Visitor citizen, string fiscalCode, string municipality) => await citizen.Submit(
        await citizen.Open("/vaccini/avviso?campagna=" + VaccinationApp.Campaign), "Mettetemi in lista", ("Un posto vicino", "false"), ("Una dose avanzata", "true"), ("Codice fiscale", fiscalCode),
        ("Numero della tessera", VaccinationApp.Card), ("Comune", municipality), ("E-mail", "anna@example.org"));
}
