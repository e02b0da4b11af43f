using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;

namespace Platform.Tests.VaccinationBooking;

/// <summary>A citizen comes back to her booking with its code, without script.</summary>
public sealed class CitizenManageTests
{
    [Theory, OnEachEngine]
    public async Task She_moves_a_dose_corrects_her_contacts_and_cancels(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        var (first, other) = (await app.Slot(1, 1, 3), await app.Slot(1, 1, 4));
        var second = await app.Slot(2, 1, 38);
        var code = (await app.AtOnce([app.Order(person.PatientId, first, second)]))[0].Code!;
        var citizen = app.Visitor();
        var find = await citizen.Open("/vaccini/gestisci");
        var manage = await citizen.Submit(find, "Mostra la prenotazione", ("Codice della prenotazione", Booking.Shown(code).ToLowerInvariant()), ("Codice fiscale", person.FiscalCode!));
        Assert.Equal("/vaccini/gestisci/prenotazione", manage.Address);
        Assert.Contains("giovedì 18 novembre 2021, 10:00", manage.Text, StringComparison.Ordinal);

        var move = await citizen.Open(manage.Link("Sposta la prima dose"));
        Assert.Equal(("2021-11-19", other.ToString()), (move.ValueOf("Nuovo giorno"), move.ValueOf("Nuova ora")));
        manage = await citizen.Submit(move, "Sposta qui");
        Assert.Contains("venerdì 19 novembre 2021, 10:00", manage.Text, StringComparison.Ordinal);
        Assert.Contains("Spostamenti che può ancora fare: 2", manage.Text, StringComparison.Ordinal);
        await app.EveryPlaceIsAccountedFor();

        var wrong = await citizen.Submit(manage, "Salva i recapiti", ("E-mail", "anna@"), ("Cellulare", "333 2"));
        Assert.Equal(("333 2", HttpStatusCode.UnprocessableEntity), (wrong.ValueOf("Cellulare"), wrong.Status));
        manage = await citizen.Submit(wrong, "Salva i recapiti", ("E-mail", "anna@example.org"));
        Assert.Equal("anna@example.org", await app.Db<VaccinationDb, string?>(db => db.Bookings.Select(b => b.Email).SingleAsync()));

        Assert.Contains(Booking.Shown(code), (await citizen.Open(manage.Link("Ricevuta, moduli"))).Text, StringComparison.Ordinal);
        var over = await citizen.Submit(manage, "Disdici la prenotazione");
        Assert.Contains("Prenotazione disdetta", over.Text, StringComparison.Ordinal);
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
        Assert.Equal("/vaccini/campagna/covid-80", over.Link("Prenota di nuovo"));
    }

    [Theory, OnEachEngine]
    public async Task She_moves_both_doses_to_another_centre_or_none(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        await app.Db<VaccinationDb, int>(async db =>
        {
            db.Add(new Platform.VaccinationBooking.Centres.Centre { Code = "CV-002", Name = "Hub di Ivrea", AslCode = "010204", MunicipalityIstat = "001125", PostalCode = "10015", Address = "Via Po 2" });
            return await db.SaveChangesAsync();
        });
        var people = await app.People(2);
        var code = (await app.AtOnce([app.Order(people[0].PatientId, await app.Slot(1, 1, 3), await app.Slot(2, 1, 38))]))[0].Code!;
        var (first, second) = (await app.Slot(1, 1, 5, centre: "CV-002"), await app.Slot(2, 1, 40, centre: "CV-002"));
        await app.Slot(1, 1, 6);
        var citizen = app.Visitor();
        var manage = await citizen.Submit(await citizen.Open("/vaccini/gestisci"), "Mostra la prenotazione", ("Codice della prenotazione", code), ("Codice fiscale", people[0].FiscalCode!));
        var move = await citizen.Open(manage.Link("Sposta le due dosi insieme"));
        // Her own centre has a first dose free, and no second that goes with it.
        Assert.Contains("non ci sono due date alla distanza giusta", move.Text, StringComparison.Ordinal);
        move = await citizen.Submit(move, "Mostra i giorni del centro", ("Centro", "CV-002"));
        Assert.Equal((first.ToString(), second.ToString()), (move.ValueOf("Ora della prima dose"), move.ValueOf("Ora della seconda dose")));

        // While she looks, the second dose goes to somebody else: she keeps both of hers.
        var rival = await app.AtOnce([app.Order(people[1].PatientId, first, second)]);
        Assert.Equal(LedgerOutcome.Done, rival[0].Outcome);
        var gone = await citizen.Submit(move, "Sposta le due dosi qui");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, gone.Status);
        await app.EveryPlaceIsAccountedFor();
        var later = (await app.Slot(1, 1, 7, centre: "CV-002"), await app.Slot(2, 1, 42, centre: "CV-002"));
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        move = await citizen.Submit(await citizen.Open("/vaccini/gestisci/sposta-tutto"), "Mostra i giorni del centro", ("Centro", "CV-002"));
        manage = await citizen.Submit(move, "Sposta le due dosi qui");
        Assert.Contains("I due appuntamenti sono spostati", manage.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Hub di Ivrea", manage.Text, StringComparison.Ordinal);
        Assert.Equal([later.Item1, later.Item2], await app.Db<VaccinationDb, List<Guid>>(db => db.Appointments
            .Where(a => db.Bookings.Any(b => b.Id == a.BookingId && b.PatientId == people[0].PatientId)).OrderBy(a => a.Dose).Select(a => a.SlotId).ToListAsync()));
        Assert.Contains("Spostamenti che può ancora fare: 2", manage.Text, StringComparison.Ordinal);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task A_wrong_code_and_the_code_of_another_have_one_answer_and_what_was_typed_is_kept(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        var code = (await app.AtOnce([app.Order(people[0].PatientId, await app.Slot(1, 1, 3), await app.Slot(2, 1, 38))]))[0].Code!;
        async Task<Screen> Try(string typed, string who)
        {
            var visitor = app.Visitor();
            return await visitor.Submit(await visitor.Open("/vaccini/gestisci"), "Mostra la prenotazione", ("Codice della prenotazione", typed), ("Codice fiscale", who));
        }

        var (unknown, another) = (await Try("AAAA-AAAA-AA", people[0].FiscalCode!), await Try(code, people[1].FiscalCode!));
        Assert.Equal((unknown.Status, unknown.Text), (another.Status, another.Text));
        Assert.Contains("Non c’è una prenotazione", another.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(code, another.ValueOf("Codice della prenotazione"));
        foreach (var page in new[] { "/vaccini/gestisci/prenotazione", "/vaccini/gestisci/sposta?dose=1", "/vaccini/ricevuta", "/vaccini/prenota/conferma" })
            Assert.Equal("/vaccini", (await app.Visitor().Open(page)).Address);
    }
}
