using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.Stock;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.Tests.VaccinationBooking;

/// <summary>What can go wrong for a citizen, one by one, on the pages and through the API: each says what happened and what to do next,
/// nothing is lost, and at the end every place is counted.</summary>
public sealed class BadInputTests
{
    private const string Entrance = "/vaccini/campagna/" + VaccinationApp.Campaign;
    private const string Api = "/api/v1/vaccination/campaigns/" + VaccinationApp.Campaign;

    [Theory, OnEachEngine]
    public async Task A_wrong_card(Engine engine)
    {
        await using var app = await WithPlaces(engine);
        var person = (await app.People(1))[0];
        var citizen = app.Visitor();
        var page = await citizen.Submit(await citizen.Open(Entrance), "Continua", ("Codice fiscale", person.FiscalCode!), ("Numero della tessera", "1111111111111"));
        Says(page, "non corrispondono", "chiami il numero verde");
        Assert.Equal((person.FiscalCode!, "1111111111111"), (page.ValueOf("Codice fiscale"), page.ValueOf("Numero della tessera")));
        using var http = app.Anonymous();
        await Refused(http, Api + "/entitlement", new { fiscalCode = person.FiscalCode, card = "1111111111111" }, HttpStatusCode.UnprocessableEntity, "not-recognised");
        // What she typed was not lost: with the right digits she goes on.
        Assert.Equal("/vaccini/prenota/centro", (await citizen.Submit(page, "Continua", ("Numero della tessera", VaccinationApp.Card))).Address);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task A_wrong_date_and_a_day_in_the_past(Engine engine)
    {
        await using var app = await WithPlaces(engine);
        var person = (await app.People(1))[0];
        var (near, past) = (await app.Slot(2, 5, 5), await app.Slot(1, 5, 0));
        var second = await app.Db<VaccinationDb, Guid>(db => db.Slots.Where(s => s.Dose == 2 && s.Id != near).Select(s => s.Id).FirstAsync());
        var first = await app.Db<VaccinationDb, Guid>(db => db.Slots.Where(s => s.Dose == 1 && s.Id != past).Select(s => s.Id).FirstAsync());
        var citizen = app.Visitor();
        var dates = await Dates(citizen, person);
        // A day that the page did not offer: it is proposed anew, and nothing is kept.
        ((AngleSharp.Html.Dom.IHtmlSelectElement)dates.Page.GetElementById("SecondDay")!).InnerHtml = "<option value='2021-11-20' selected>x</option>";
        Says(await citizen.Submit(dates, "Continua con queste date"), "controlli gli orari e confermi di nuovo");
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Holds.CountAsync()));
        using var http = app.Anonymous();
        var pass = await Pass(http, person);
        await Refused(http, "/api/v1/vaccination/bookings", new { pass, first, second = near }, HttpStatusCode.UnprocessableEntity, "slots-do-not-fit");
        await Refused(http, "/api/v1/vaccination/bookings", new { pass, first }, HttpStatusCode.UnprocessableEntity, "doses-missing");
        await Refused(http, "/api/v1/vaccination/bookings", new { pass, first = past, second }, HttpStatusCode.Conflict, "slot-gone");
        await Refused(http, "/api/v1/vaccination/bookings", new { pass, first = Guid.CreateVersion7(), second }, HttpStatusCode.Conflict, "slot-gone");
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task A_hold_that_is_over_and_a_place_that_somebody_else_took(Engine engine)
    {
        await using var app = await WithPlaces(engine, places: 1);
        var people = await app.People(3);
        var (one, other) = (app.Visitor(), app.Visitor());
        var confirm = await one.Submit(await Dates(one, people[0]), "Continua con queste date");
        // While it is kept nobody else gets it.
        using var http = app.Anonymous();
        var (first, second) = await TheTwo(app);
        await Refused(http, "/api/v1/vaccination/bookings", new { pass = await Pass(http, people[1]), first, second }, HttpStatusCode.Conflict, "slot-gone");
        await app.EveryPlaceIsAccountedFor();
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        Says(await one.Open("/vaccini/prenota/conferma"), "Tempo scaduto", "se sono ancora liberi sono suoi");
        using var taken = await http.PostAsJsonAsync("/api/v1/vaccination/bookings", new { pass = await Pass(http, people[1]), first, second });
        // Whoever comes when the minutes are over finds them free, by the next look at the centre's places at the latest.
        if (taken.StatusCode == HttpStatusCode.Conflict)
        {
            await other.Submit(await CitizenJourneyTests.Recognised(other, await other.Open(Entrance), people[1]), "Scegli Hub di prova");
            Assert.Equal(LedgerOutcome.Done, (await app.AtOnce([app.Order(people[1].PatientId, first, second)]))[0].Outcome);
        }

        var late = await one.Submit(confirm, "Conferma la prenotazione", ("E-mail", "anna@example.org"));
        Says(late, "non è più libero: ne scelga un altro");
        Assert.Equal("anna@example.org", late.ValueOf("E-mail"));
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        Says(await one.Open("/vaccini/prenota/date"), "Questo centro non ha più posti", "scelga un altro centro");
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task A_number_of_the_queue_used_twice_and_one_that_is_not_hers(Engine engine)
    {
        await using var app = await WithPlaces(engine);
        await app.Db<VaccinationDb, int>(async db =>
        {
            (await db.Campaigns.SingleAsync()).WaitingRoom = true;
            db.Add(new WaitingRoom { CampaignCode = VaccinationApp.Campaign, OpensAt = app.Clock.Now.UtcDateTime.AddMinutes(-5), Seed = new string('0', 64), State = WaitingRoomState.Open });
            return await db.SaveChangesAsync();
        });
        var people = await app.People(2);
        using var http = app.Anonymous();
        await Refused(http, Api + "/entitlement", new { fiscalCode = people[0].FiscalCode, card = VaccinationApp.Card, ticket = "changed" }, HttpStatusCode.UnprocessableEntity, "ticket-unknown");
        var ticket = (await Sent(http, Api + "/waiting-room/tickets", new { fiscalCode = people[0].FiscalCode })).GetProperty("ticket").GetString()!;
        await Refused(http, Api + "/entitlement", new { fiscalCode = people[0].FiscalCode, card = VaccinationApp.Card, ticket }, HttpStatusCode.Conflict, "not-your-turn");
        await app.Db<VaccinationDb, int>(db => db.WaitingRooms.ExecuteUpdateAsync(r => r.SetProperty(x => x.Serving, 1000)));
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        await Refused(http, Api + "/entitlement", new { fiscalCode = people[1].FiscalCode, card = VaccinationApp.Card, ticket }, HttpStatusCode.UnprocessableEntity, "ticket-of-other");
        var pass = await Pass(http, people[0], ticket);
        var (first, second) = await TheTwo(app);
        var booked = (await Sent(http, "/api/v1/vaccination/bookings", new { pass, first, second })).GetProperty("code").GetString();
        await Refused(http, "/api/v1/vaccination/bookings", new { pass, first, second }, HttpStatusCode.Conflict, "already-booked");
        await Sent(http, "/api/v1/vaccination/bookings/cancel", new { code = booked, fiscalCode = people[0].FiscalCode });
        await Refused(http, "/api/v1/vaccination/bookings", new { pass = await Pass(http, people[0], ticket), first, second }, HttpStatusCode.Conflict, "ticket-used");
        // A pass of ours is nobody else's, and a changed one nobody's.
        await Refused(http, "/api/v1/vaccination/bookings", new { pass = pass[..^4] + "AAAA", first, second }, HttpStatusCode.UnprocessableEntity, "pass-expired");
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
    }

    [Theory, OnEachEngine]
    public async Task A_clock_that_goes_wrong_on_either_side(Engine engine)
    {
        await using var app = await WithPlaces(engine);
        var people = await app.People(2);
        var citizen = app.Visitor();
        var dates = await Dates(citizen, people[0]);
        // The host's clock is set right, back by ten minutes: her journey goes on, and free places are read anew.
        app.Clock.Set(app.Clock.Now.AddMinutes(-10));
        var receipt = await citizen.Submit(await citizen.Submit(dates, "Continua con queste date"), "Conferma la prenotazione");
        Assert.Equal("/vaccini/ricevuta", receipt.Address);
        using var http = app.Anonymous();
        var pass = await Pass(http, people[1]);
        var (first, second) = await TheTwo(app);
        // What a client says of the time is not asked: only how long ago the pass was given, here.
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        await Refused(http, "/api/v1/vaccination/bookings", new { pass, first, second }, HttpStatusCode.UnprocessableEntity, "pass-expired");
        await Sent(http, "/api/v1/vaccination/bookings", new { pass = await Pass(http, people[1]), first, second });
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task A_centre_that_closes_meanwhile(Engine engine)
    {
        await using var app = await WithPlaces(engine);
        var people = await app.People(2);
        var citizen = app.Visitor();
        var dates = await Dates(citizen, people[0]);
        var confirm = await citizen.Submit(dates, "Continua con queste date");
        var (first, second) = await TheTwo(app);
        await app.Db<VaccinationDb, int>(db => db.Slots.ExecuteUpdateAsync(set => set.SetProperty(s => s.Closed, true)));
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        Says(await citizen.Submit(confirm, "Conferma la prenotazione"), "non è più libero: ne scelga un altro", "Non ha perso niente");
        Says(await citizen.Open("/vaccini/prenota/date"), "Questo centro non ha più posti");
        Says(await citizen.Open("/vaccini/prenota/centro"), "Per ora non ci sono posti liberi", "Avvisatemi quando c’è un posto");
        using var http = app.Anonymous();
        await Refused(http, "/api/v1/vaccination/bookings", new { pass = await Pass(http, people[1]), first, second }, HttpStatusCode.Conflict, "slot-gone");
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task Stock_that_is_gone(Engine engine)
    {
        await using var app = await WithPlaces(engine, places: 5, days: 3);
        var people = await app.People(2);
        var nurse = As.VaccinationCentre(VaccinationApp.Centre);
        await app.Send(new ChangeStock { Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Delivery, Vaccine = "comirnaty", LotNumber = "EX1", ExpiresOn = new(2030, 1, 1), Doses = 5 }, nurse);
        // Places that come from the centre's hours follow its stock.
        await app.Db<VaccinationDb, int>(async db =>
        {
            var hours = new CentreOpening
            {
                Id = Guid.CreateVersion7(), CampaignCode = VaccinationApp.Campaign, CentreCode = VaccinationApp.Centre, VaccineCode = "comirnaty", Weekday = DayOfWeek.Thursday, From = new(10, 0), To = new(10, 10),
                SlotMinutes = 10, FirstDoses = 5, SecondDoses = 5, ValidFrom = new(2021, 11, 1), ValidUntil = new(2021, 11, 30),
            };
            db.Add(hours);
            await db.SaveChangesAsync();
            return await db.Slots.ExecuteUpdateAsync(set => set.SetProperty(s => s.OpeningId, hours.Id));
        });
        var citizen = app.Visitor();
        var dates = await Dates(citizen, people[0]);
        await app.Send(new ChangeStock { Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Correction, Vaccine = "comirnaty", LotNumber = "EX1", Doses = -5, Note = "Frigorifero guasto" }, nurse);
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        Says(await citizen.Submit(dates, "Continua con queste date"), "quel giorno il centro non ha più posti: scelga un altro giorno");
        Says(await citizen.Open("/vaccini/prenota/centro"), "Per ora non ci sono posti liberi");
        using var http = app.Anonymous();
        var (first, second) = await TheTwo(app);
        await Refused(http, "/api/v1/vaccination/bookings", new { pass = await Pass(http, people[1]), first, second }, HttpStatusCode.Conflict, "slot-gone");
        await app.EveryPlaceIsAccountedFor();
        // The next delivery gives the places back.
        await app.Send(new ChangeStock { Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Delivery, Vaccine = "comirnaty", LotNumber = "EX2", ExpiresOn = new(2030, 1, 1), Doses = 5 }, nurse);
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        await Sent(http, "/api/v1/vaccination/bookings", new { pass = await Pass(http, people[1]), first, second });
        await app.EveryPlaceIsAccountedFor();
    }

    private static void Says(Screen page, params string[] words)
    {
        foreach (var each in words)
            Assert.Contains(each, page.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.True((int)page.Status < 500);
    }

    private static async Task Refused(HttpClient http, string path, object body, HttpStatusCode status, string code)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, "urn:problem:" + code), (response.StatusCode, problem.GetProperty("type").GetString()));
        // Words for a person, with what to do next.
        Assert.True(problem.GetProperty("title").GetString()!.Length > 30, problem.ToString());
    }

    private static async Task<JsonElement> Sent(HttpClient http, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string> Pass(HttpClient http, Vaccinee person, string? ticket = null) =>
        (await Sent(http, Api + "/entitlement", new { fiscalCode = person.FiscalCode, card = VaccinationApp.Card, ticket })).GetProperty("pass").GetString()!;

    private static Task<(Guid First, Guid Second)> TheTwo(PlatformApp app) => app.Db<VaccinationDb, (Guid, Guid)>(async db =>
        (await db.Slots.Where(s => s.Dose == 1).Select(s => s.Id).SingleAsync(), await db.Slots.Where(s => s.Dose == 2).Select(s => s.Id).SingleAsync()));

    private static async Task<Screen> Dates(Visitor citizen, Vaccinee person) =>
        await citizen.Submit(await CitizenJourneyTests.Recognised(citizen, await citizen.Open(Entrance), person), "Scegli Hub di prova");

    private static async Task<PlatformApp> WithPlaces(Engine engine, int places = 5, int days = 3)
    {
        var app = await VaccinationApp.Start(engine);
        await app.Slot(1, places, days);
        await app.Slot(2, places, days + 35);
        return app;
    }
}
