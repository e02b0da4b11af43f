using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Citizens;
using Platform.VaccinationBooking.People;

namespace Platform.Tests.VaccinationBooking;

/// <summary>The citizen's way through the pages, without script.</summary>
public sealed class CitizenJourneyTests
{
    private const string Entrance = "/vaccini/campagna/" + VaccinationApp.Campaign;

    [Theory, OnEachEngine]
    public async Task From_the_list_of_campaigns_to_the_receipt_with_both_doses(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        await app.Slot(1, 5, 3);
        var (near, best) = (await app.Slot(2, 5, 30), await app.Slot(2, 5, 38));
        var citizen = app.Visitor();

        var list = await citizen.Open("/vaccini");
        Assert.Contains("Anti COVID-19, over 80", list.Text, StringComparison.Ordinal);
        Assert.Contains("Over 80: aperte", list.Text, StringComparison.Ordinal);
        var centre = await Recognised(citizen, await citizen.Open(list.Link("Prenota Anti")), person);
        Assert.Equal("/vaccini/prenota/centro", centre.Address);
        Assert.Contains("Prenota per Anna.", centre.Text, StringComparison.Ordinal);
        Assert.Contains("Prima dose: giovedì 18 novembre 2021, 10:00", centre.Text, StringComparison.Ordinal);
        Assert.Contains("Seconda dose: giovedì 23 dicembre 2021, 10:00", centre.Text, StringComparison.Ordinal);

        var dates = await citizen.Submit(centre, "Scegli Hub di prova");
        Assert.Equal("2021-11-18", dates.ValueOf("Giorno della prima dose"));
        // The recommended day, though a nearer one is free.
        Assert.Equal(("2021-12-23", best.ToString()), (dates.ValueOf("Giorno della seconda dose"), dates.ValueOf("Ora della seconda dose")));
        dates = await citizen.Submit(dates, "Mostra gli orari della seconda dose", ("Giorno della seconda dose", "2021-12-15"));
        Assert.Equal(near.ToString(), dates.ValueOf("Ora della seconda dose"));
        var confirm = await citizen.Submit(dates, "Continua con queste date");
        Assert.Equal("/vaccini/prenota/conferma", confirm.Address);
        Assert.Contains("tenuti per lei fino alle 10:10", confirm.Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.Db<VaccinationDb, int>(db => db.Holds.CountAsync()));
        await app.EveryPlaceIsAccountedFor();

        var wrong = await citizen.Submit(confirm, "Conferma la prenotazione", ("E-mail", "anna"), ("Cellulare", "333 1234567"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "333 1234567"), (wrong.Status, wrong.ValueOf("Cellulare")));
        Assert.Contains("non è scritto bene", wrong.ErrorOf("E-mail"), StringComparison.Ordinal);
        var receipt = await citizen.Submit(wrong, "Conferma la prenotazione", ("E-mail", "anna@example.org"));
        Assert.Equal("/vaccini/ricevuta", receipt.Address);
        var booking = await app.Db<VaccinationDb, Booking>(db => db.Bookings.Include(b => b.Appointments).SingleAsync());
        Assert.Equal((person.PatientId, "anna@example.org", "333 1234567"), (booking.PatientId, booking.Email!, booking.Phone!));
        foreach (var words in new[] { Booking.Shown(booking.Code), "giovedì 18 novembre 2021, 10:00", "mercoledì 15 dicembre 2021, 10:00", "Hub di prova" })
            Assert.Contains(words, receipt.Text, StringComparison.Ordinal);
        Assert.NotNull(receipt.Page.QuerySelector(".qr svg"));
        Assert.DoesNotContain(person.FiscalCode!, receipt.Page.Source.Text, StringComparison.Ordinal);
        await app.EveryPlaceIsAccountedFor();

        var calendar = await citizen.Http.GetStringAsync(receipt.Link("calendario"));
        Assert.Equal(2, calendar.Split("BEGIN:VEVENT").Length - 1);
        Assert.Contains("DTSTART:20211118T090000Z\r\n", calendar, StringComparison.Ordinal);
        Assert.All(calendar.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain("vaccin", calendar.Replace("PRODID", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        var papers = await citizen.Http.GetByteArrayAsync(receipt.Link("Ricevuta e moduli"));
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(papers, 0, 5));

        // Back in the history, the last button again: the booking is there, and there is one.
        Assert.Equal("/vaccini/ricevuta", (await citizen.Submit(wrong, "Conferma la prenotazione")).Address);
        Assert.Equal(1, await app.Db<VaccinationDb, int>(db => db.Bookings.CountAsync()));
        var left = await citizen.Submit(receipt, "Ho finito: esci");
        Assert.Equal("/vaccini", left.Address);
        Assert.Equal("/vaccini", (await citizen.Open("/vaccini/ricevuta")).Address);
    }

    [Theory, OnEachEngine]
    public async Task Who_may_not_book_is_told_why_and_when_and_wrong_data_have_one_answer(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine, ("Vaccination:WrongCardsPerMinute", "3"));
        var people = await app.People(2);
        await app.Db<VaccinationDb, int>(async db =>
        {
            (await db.Vaccinees.SingleAsync(v => v.PatientId == people[1].PatientId)).BirthDate = new(1990, 1, 1);
            (await db.Groups.SingleAsync()).OpensAt = app.Clock.Now.UtcDateTime.AddDays(2);
            return await db.SaveChangesAsync();
        });
        var citizen = app.Visitor();
        var entrance = await citizen.Open(Entrance);
        Assert.Contains("può prenotare da mercoledì 17 novembre 2021, 10:00", (await Recognised(citizen, entrance, people[0])).Text, StringComparison.Ordinal);
        Assert.Contains("non è per la sua età", (await Recognised(citizen, entrance, people[1])).Text, StringComparison.Ordinal);

        var unknown = await citizen.Submit(entrance, "Continua", ("Codice fiscale", "RSSMRA80A01L219M"), ("Numero della tessera", VaccinationApp.Card));
        var wrong = await citizen.Submit(entrance, "Continua", ("Codice fiscale", people[0].FiscalCode!), ("Numero della tessera", "9999999999999"));
        Assert.Equal((unknown.Status, unknown.Text), (wrong.Status, wrong.Text));
        Assert.Equal("9999999999999", wrong.ValueOf("Numero della tessera"));
        Assert.Contains("ultime 13 cifre", (await citizen.Submit(entrance, "Continua", ("Codice fiscale", "X"), ("Numero della tessera", "12"))).ErrorOf("Numero della tessera"), StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
            wrong = await citizen.Submit(entrance, "Continua", ("Codice fiscale", people[0].FiscalCode!), ("Numero della tessera", "9999999999999"));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await citizen.Submit(wrong, "Continua")).Status);
    }

    [Theory, OnEachEngine]
    public async Task A_relative_books_with_the_consent_that_is_kept_beside_the_booking(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        await app.Slot(1, 5, 3);
        await app.Slot(2, 5, 38);
        var relative = app.Visitor();
        var entrance = await relative.Open(Entrance);
        (string, string)[] typed = [("Codice fiscale", person.FiscalCode!), ("Numero della tessera", VaccinationApp.Card), ("Prenoto per un’altra persona", "true")];
        var refused = await relative.Submit(entrance, "Continua", typed);
        Assert.Contains("serve il suo consenso", refused.ErrorOf("Dichiaro di avere il suo consenso"), StringComparison.Ordinal);
        var centre = await relative.Submit(refused, "Continua", [.. typed, ("Dichiaro di avere il suo consenso", "true")]);
        Assert.Contains("Prenota per Anna, con il suo consenso.", centre.Text, StringComparison.Ordinal);
        await relative.Submit(await relative.Submit(await relative.Submit(centre, "Scegli queste date Hub di prova"), "Continua con queste date"), "Conferma la prenotazione");
        var statement = await app.Db<VaccinationDb, ConsentStatement>(db => db.ConsentStatements.SingleAsync());
        Assert.Equal((await app.Db<VaccinationDb, Guid>(db => db.Bookings.Select(b => b.Id).SingleAsync()), person.PatientId), (statement.BookingId, statement.PatientId));
    }

    [Theory, OnEachEngine]
    public async Task A_place_that_is_gone_a_hold_that_has_expired_and_a_journey_too_long_say_what_to_do(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(3);
        var (first, second) = (await app.Slot(1, 1, 3), await app.Slot(2, 1, 38));
        await app.Slot(1, 1, 4);
        await app.Slot(2, 1, 39);
        var (one, other) = (app.Visitor(), app.Visitor());
        var theirs = await Dates(other, people[1]);
        var confirm = await one.Submit(await Dates(one, people[0]), "Continua con queste date");
        Assert.Equal("/vaccini/prenota/conferma", confirm.Address);

        // The other still sees the place that is kept for the first.
        var gone = await other.Submit(theirs, "Continua con queste date");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, gone.Status);
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        var next = await other.Submit(gone, "Mostra gli orari del giorno");
        Assert.Equal("2021-11-19", next.ValueOf("Giorno della prima dose"));
        Assert.Equal("/vaccini/prenota/conferma", (await other.Submit(next, "Continua con queste date")).Address);
        await app.EveryPlaceIsAccountedFor();

        // Ten minutes later the hold is over; while nobody has taken the place it can still be confirmed.
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("Tempo scaduto", (await one.Open("/vaccini/prenota/conferma")).Text, StringComparison.Ordinal);
        await app.Db<VaccinationDb, int>(async db =>
        {
            await db.Holds.Where(h => h.FirstSlotId == first).ExecuteDeleteAsync();
            return await db.Slots.Where(s => s.Id == first || s.Id == second).ExecuteUpdateAsync(s => s.SetProperty(x => x.Taken, 0));
        });
        Assert.Equal(LedgerOutcome.Done, (await app.AtOnce([app.Order(people[2].PatientId, first, second)]))[0].Outcome);
        var late = await one.Submit(confirm, "Conferma la prenotazione", ("Cellulare", "333 1"));
        Assert.Contains("non è più libero", late.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("333 1", late.ValueOf("Cellulare"));
        await app.EveryPlaceIsAccountedFor();

        app.Clock.Advance(TimeSpan.FromMinutes(31));
        var ended = await one.Submit(confirm, "Conferma la prenotazione");
        Assert.Equal("/vaccini", ended.Address);
        Assert.Contains("È passato troppo tempo", ended.Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task What_she_answers_opens_the_group_that_is_asked_about_and_is_kept_and_what_is_not_asked_is_not_believed(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        await app.Db<VaccinationDb, int>(async db =>
        {
            (await db.Vaccinees.SingleAsync()).BirthDate = new(1990, 1, 1);
            foreach (var (category, priority) in new[] { ("frail", 2), ("caregiver", 3) })
            {
                db.Add(new TargetGroup
                {
                    Id = Guid.CreateVersion7(), CampaignCode = VaccinationApp.Campaign, NameIt = category, NameEn = category, Priority = priority, Category = category,
                    OpensAt = app.Clock.Now.UtcDateTime.AddDays(-1),
                });
            }

            return await db.SaveChangesAsync();
        });
        var citizen = app.Visitor();
        var entrance = await citizen.Open(Entrance);
        Assert.Contains("non è per la sua età", (await Recognised(citizen, entrance, person)).Text, StringComparison.Ordinal);
        // Nobody is asked whether she is frail: a doctor or a list says so.
        var box = (AngleSharp.Html.Dom.IHtmlInputElement)Assert.Single(entrance.Page.QuerySelectorAll("input[name='Form.Declared']"));
        box.SetAttribute("value", "frail");
        box.IsChecked = true;
        Assert.Contains("non è per la sua età", (await Recognised(citizen, entrance, person)).Text, StringComparison.Ordinal);
        entrance = await citizen.Open(Entrance);
        var typed = new[] { ("Codice fiscale", person.FiscalCode!), ("Numero della tessera", VaccinationApp.Card), ("Assiste o vive con", "true") };
        for (var time = 0; time < 2; time++)
            Assert.Equal("/vaccini/prenota/centro", (await citizen.Submit(entrance, "Continua", typed)).Address);
        Assert.Equal(["caregiver citizen"], await app.Db<VaccinationDb, List<string>>(db => db.Categories.Select(c => c.Category + " " + c.Source).ToListAsync()));
    }

    [Theory, OnEachEngine]
    public async Task An_hour_that_is_taken_while_she_looks_is_exchanged_for_the_nearest_of_the_day_if_she_likes(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(3);
        foreach (var hour in new[] { 9, 10 })
        {
            await app.Slot(1, 1, 3, hour: hour);
            await app.Slot(2, 5, 38, hour: hour);
        }

        var (one, other, strict) = (app.Visitor(), app.Visitor(), app.Visitor());
        var (theirs, exact) = (await Dates(other, people[1]), await Dates(strict, people[2]));
        const string like = "Se intanto qualcuno prende quest’ora, va bene la più vicina dello stesso giorno";
        Assert.Equal("true", theirs.ValueOf(like));
        await one.Submit(await Dates(one, people[0]), "Continua con queste date");

        var refused = await strict.Submit(exact, "Continua con queste date", (like, "false"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var confirm = await other.Submit(theirs, "Continua con queste date");
        Assert.Equal("/vaccini/prenota/conferma", confirm.Address);
        Assert.Contains("è appena stata presa: le teniamo la più vicina dello stesso giorno", confirm.Text, StringComparison.Ordinal);
        // Ten o'clock UTC is eleven there.
        Assert.Contains("11:00", confirm.Text, StringComparison.Ordinal);
        Assert.Equal("/vaccini/ricevuta", (await other.Submit(confirm, "Conferma la prenotazione")).Address);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task In_two_windows_for_two_people_nobody_books_for_the_wrong_one(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        await app.Slot(1, 5, 3);
        await app.Slot(2, 5, 38);
        var citizen = app.Visitor();
        var firstWindow = await Dates(citizen, people[0]);
        await Dates(citizen, people[1]);
        var stopped = await citizen.Submit(firstWindow, "Continua con queste date");
        Assert.Contains("In un’altra finestra", stopped.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Holds.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task A_single_dose_for_whom_the_vaccine_is_meant_in_English(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        await app.Db<VaccinationDb, int>(async db =>
        {
            (await db.Campaigns.SingleAsync()).Doses = 1;
            return await db.SaveChangesAsync();
        });
        await app.Slot(1, 5, 3, "janssen");
        var citizen = app.Visitor("en");
        var entrance = await citizen.Open(Entrance);
        var centre = await citizen.Submit(entrance, "Continue", ("Codice fiscale", person.FiscalCode!), ("Number of the health card", VaccinationApp.Card));
        var dates = await citizen.Submit(centre, "Choose Hub di prova");
        Assert.DoesNotContain("Second dose", dates.Text, StringComparison.Ordinal);
        var receipt = await citizen.Submit(await citizen.Submit(dates, "Continue with these dates"), "Confirm the booking");
        Assert.Contains("Thursday 18 November 2021, 10:00", receipt.Text, StringComparison.Ordinal);
        Assert.Equal(["en"], await app.Db<VaccinationDb, List<string>>(db => db.Bookings.Select(b => b.Language).ToListAsync()));
    }

    internal static Task<Screen> Recognised(Visitor citizen, Screen entrance, Vaccinee person) =>
        citizen.Submit(entrance, "Continua", ("Codice fiscale", person.FiscalCode!), ("Numero della tessera", VaccinationApp.Card));

    private static async Task<Screen> Dates(Visitor citizen, Vaccinee person) =>
        await citizen.Submit(await Recognised(citizen, await citizen.Open(Entrance), person), "Scegli Hub di prova");
}
