using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Patients;
using Platform.Patients.Contracts;
using Platform.Patients.Ties;
using Platform.Tests.ExternalSignIn;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement;
using Platform.VaccinationBooking;

namespace Platform.Tests.VaccinationBooking;

/// <summary>A citizen who has signed in books, moves and cancels for whom she represents, without the other's card, while the tie holds.</summary>
public sealed class TieBookingTests(FlowTests.OneProvider one) : IClassFixture<FlowTests.OneProvider>
{
    private const string Mine = "/ritiro/vaccini";
    private const string Book = "Prenota la vaccinazione Rosa Ferraris Anti COVID-19, over 80";

    [Theory, OnEachEngine]
    public async Task She_books_moves_and_cancels_for_her_mother_without_a_card_and_the_audit_names_both(Engine engine)
    {
        await using var app = await Start(engine);
        var (daughter, mother) = await Family(app);
        await app.Slot(1, 1, 3);
        var later = await app.Slot(1, 1, 4);
        await app.Slot(2, 1, 38);
        var citizen = app.Browser();

        // From the list of campaigns through the provider to her own people; from her reports the same way.
        var mine = await citizen.Identify("/vaccini", daughter.FiscalCode!);
        Assert.Equal(Mine, mine.Address);
        Assert.Equal(Mine, (await citizen.Open("/ritiro/referti")).Link("Prenota la vaccinazione"));
        Assert.Contains("Oggi non può prenotare in questa campagna.", mine.Text, StringComparison.Ordinal);
        var entrance = await citizen.Submit(mine, Book);
        Assert.Equal("/vaccini/campagna/" + VaccinationApp.Campaign, entrance.Address);
        Assert.Null(entrance.Page.QuerySelector("[name='Form.Card'], [name='Form.FiscalCode']"));
        var centre = await citizen.Submit(entrance, "Continua");
        Assert.Contains("Prenota per Rosa, che lei rappresenta.", centre.Text, StringComparison.Ordinal);
        var receipt = await citizen.Submit(await citizen.Submit(await citizen.Submit(centre, "Scegli queste date Hub di prova"), "Continua con queste date"), "Conferma la prenotazione");
        Assert.Equal("/vaccini/ricevuta", receipt.Address);

        mine = await citizen.Submit(receipt, "Ho finito: esci");
        Assert.Equal(Mine, mine.Address);
        var manage = await citizen.Submit(mine, "Sposta, disdici o ristampa Rosa Ferraris Anti COVID-19, over 80");
        Assert.Equal("/vaccini/gestisci/prenotazione", manage.Address);
        manage = await citizen.Submit(await citizen.Open(manage.Link("Sposta la prima dose")), "Sposta qui");
        Assert.Equal(later, await app.Db<VaccinationDb, Guid>(db => db.Appointments.Where(a => a.Dose == 1).Select(a => a.SlotId).SingleAsync()));
        manage = await citizen.Submit(manage, "Salva i recapiti", ("E-mail", "lucia@example.org"));
        Assert.Contains("Prenotazione disdetta", (await citizen.Submit(manage, "Disdici la prenotazione")).Text, StringComparison.Ordinal);
        await app.EveryPlaceIsAccountedFor();

        await app.Drain();
        var lines = await Lines(app, mother.Id);
        foreach (var (action, what) in new[] { ("read", "vaccination.MyVaccinations"), ("read", "vaccination.AskByTie"), ("write", "vaccination.Hold"), ("write", "vaccination.Booking"), ("read", "vaccination.Booking") })
            Assert.Contains((action, what, $"citizen {daughter.Id}"), lines);
        Assert.All(lines, line => Assert.Equal($"citizen {daughter.Id}", line.Actor));
        // The booking, the move, the contacts, the end of it.
        Assert.Equal(4, lines.Count(l => l is { Action: "write", What: "vaccination.Booking" }));
        Assert.All(await app.Db<VaccinationDb, List<string>>(db => db.BookingChanges.Select(c => c.ByName).ToListAsync()), by => Assert.Equal($"citizen {daughter.Id}", by));
        Assert.DoesNotContain(await Lines(app, daughter.Id), l => l.Action == "write");
    }

    [Theory, OnEachEngine]
    public async Task For_herself_she_needs_no_card_either(Engine engine)
    {
        await using var app = await Start(engine);
        var (_, mother) = await Family(app);
        await app.Slot(1, 1, 3);
        await app.Slot(2, 1, 38);
        var citizen = app.Browser();
        var mine = await citizen.Identify("/vaccini", mother.FiscalCode!);
        Assert.DoesNotContain("Lucia", mine.Text, StringComparison.Ordinal);
        var centre = await citizen.Submit(await citizen.Submit(mine, "Prenota la vaccinazione Anti COVID-19, over 80"), "Continua");
        Assert.Contains("Prenota per Rosa.", centre.Text, StringComparison.Ordinal);
        await citizen.Submit(await citizen.Submit(await citizen.Submit(centre, "Scegli queste date Hub di prova"), "Continua con queste date"), "Conferma la prenotazione");
        Assert.Equal(mother.Id, await app.Db<VaccinationDb, Guid>(db => db.Bookings.Select(b => b.PatientId).SingleAsync()));
    }

    [Theory, OnEachEngine]
    public async Task Whom_she_does_not_represent_she_does_not_find_and_a_tie_that_ends_ends_what_was_begun(Engine engine)
    {
        await using var app = await Start(engine);
        var (daughter, mother) = await Family(app);
        var stranger = await app.Person("Neri", "Sara", new(1939, 4, 4));
        await app.Slot(1, 2, 3);
        await app.Slot(2, 2, 38);
        var code = (await app.AtOnce([app.Order(stranger.Id, await app.Slot(1, 1, 5), await app.Slot(2, 1, 40))]))[0].Code!;
        var citizen = app.Browser();
        var mine = await citizen.Identify("/vaccini", daughter.FiscalCode!);
        Assert.DoesNotContain("Neri", mine.Text, StringComparison.Ordinal);
        foreach (var handler in new[] { "Book", "Manage" })
        {
            foreach (var input in mine.Page.QuerySelectorAll("input[name='Patient']"))
                input.SetAttribute("value", stranger.Id.ToString());
            foreach (var form in mine.Page.QuerySelectorAll("main form"))
                form.SetAttribute("action", $"{Mine}?handler={handler}");
            Assert.Equal(HttpStatusCode.NotFound, (await citizen.Submit(mine, Book)).Status);
        }

        var entrance = await citizen.Submit(await citizen.Open(Mine), Book);
        var centre = await citizen.Submit(entrance, "Continua");
        var dates = await citizen.Submit(centre, "Scegli queste date Hub di prova");
        var confirm = await citizen.Submit(dates, "Continua con queste date");
        await app.Db<PatientsDb, int>(db => db.Ties.ExecuteUpdateAsync(set => set.SetProperty(t => t.ValidTo, new DateOnly(2021, 11, 14))));
        foreach (var (form, button) in new[] { (entrance, "Continua"), (dates, "Continua con queste date"), (confirm, "Conferma la prenotazione") })
            Assert.Equal(HttpStatusCode.NotFound, (await citizen.Submit(form, button)).Status);
        Assert.DoesNotContain("Rosa", (await citizen.Open(Mine)).Text, StringComparison.Ordinal);
        Assert.Equal([stranger.Id], await app.Db<VaccinationDb, List<Guid>>(db => db.Bookings.Select(b => b.PatientId).ToListAsync()));

        // With the codes of the other, the way is what it was.
        entrance = await citizen.Submit(await citizen.Open("/vaccini/campagna/" + VaccinationApp.Campaign), "Prenoto per un’altra persona, con codice fiscale e tessera");
        Assert.NotNull(entrance.Page.QuerySelector("[name='Form.Card']"));
        var found = await citizen.Submit(await citizen.Open("/vaccini/gestisci"), "Mostra la prenotazione", ("Codice della prenotazione", code), ("Codice fiscale", stranger.FiscalCode!));
        Assert.Equal("/vaccini/gestisci/prenotazione", found.Address);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task She_leaves_and_what_she_had_begun_in_another_window_goes_no_further(Engine engine)
    {
        await using var app = await Start(engine);
        var (daughter, _) = await Family(app);
        await app.Slot(1, 2, 3);
        await app.Slot(2, 2, 38);
        var citizen = app.Browser();
        var entrance = await citizen.Submit(await citizen.Identify("/vaccini", daughter.FiscalCode!), Book);
        var centre = await citizen.Submit(entrance, "Continua");
        await citizen.Submit(await citizen.Open("/ritiro/referti"), "Esci");
        foreach (var (form, button) in new[] { (entrance, "Continua"), (centre, "Scegli queste date Hub di prova") })
        {
            var over = await citizen.Submit(form, button);
            Assert.Equal("/ritiro", over.Address);
            Assert.Contains("La sessione è finita", over.Page.Body!.TextContent, StringComparison.Ordinal);
        }

        Assert.Equal("/ritiro", (await citizen.Open(Mine)).Address);
        Assert.Equal("/ritiro", (await app.Visitor().Open(Mine)).Address);
    }

    [Theory, OnEachEngine]
    public async Task Before_a_waiting_room_she_waits_like_everybody_with_a_number_of_whom_she_represents(Engine engine)
    {
        await using var app = await Start(engine);
        var (daughter, mother) = await Family(app);
        await app.Slot(1, 2, 3);
        await app.Slot(2, 2, 38);
        await CitizenQueueTests.PutRoom(app);
        var citizen = app.Browser();
        var mine = await citizen.Identify("/vaccini", daughter.FiscalCode!);
        var queue = await citizen.Submit(mine, Book);
        Assert.EndsWith("/coda", queue.Address, StringComparison.Ordinal);
        await citizen.Submit(queue, "Prendi il numero", ("Codice fiscale", mother.FiscalCode!));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await CitizenQueueTests.Serve(app, 12);
        var entrance = await citizen.Open("/vaccini/campagna/" + VaccinationApp.Campaign);
        Assert.Equal("/vaccini/prenota/centro", (await citizen.Submit(entrance, "Continua")).Address);
    }

    private async Task<PlatformApp> Start(Engine engine)
    {
        var app = await PlatformApp.Start(engine, Provider.Settings(one.Process.Address));
        app.Listen();
        await app.Fill();
        await app.OpenCampaign();
        return app;
    }

    private static async Task<(PatientSummary Daughter, PatientSummary Mother)> Family(PlatformApp app)
    {
        var (daughter, mother) = (await app.Person(), await app.Person("Ferraris", "Rosa", new(1938, 5, 1)));
        await app.Send(
            new NoteTie
            {
                Id = Guid.CreateVersion7(), PatientId = mother.Id, ProxyCode = daughter.FiscalCode, ProxyFamilyName = daughter.FamilyName, Kind = ProxyKind.Delegate,
                From = new(2021, 11, 15), Document = "delega del 15/11/2021",
            }, As.Sisp(RefertiApp.Asl));
        await app.Drain();
        return (daughter, mother);
    }

    /// <summary>Of booking, on a person; what the platform does by itself aside.</summary>
    private static Task<List<(string Action, string What, string Actor)>> Lines(PlatformApp app, Guid person) =>
        app.Db<UserManagementDb, List<(string, string, string)>>(async db => (await db.AuditLines.Where(l => l.SubjectId == person && l.What.StartsWith("vaccination.") && l.Actor != "platform")
            .OrderBy(l => l.Sequence).Select(l => new { l.Action, l.What, l.Actor }).ToListAsync()).ConvertAll(l => (l.Action, l.What, l.Actor)));
}
