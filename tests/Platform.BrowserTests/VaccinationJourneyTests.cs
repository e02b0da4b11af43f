using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Platform.Tests.Harness;
using Platform.Tests.VaccinationBooking;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Defence;
using Platform.VaccinationBooking.Offers;

namespace Platform.BrowserTests;

/// <summary>A citizen books both doses on a phone, and another with the keyboard alone; without script the same way is walked by the screen tests.</summary>
public sealed class VaccinationJourneyTests
{
    [InChromium]
    public async Task A_citizen_books_both_doses_on_a_phone_and_moves_one()
    {
        await using var app = await WithPlaces();
        var person = (await app.People(1))[0];
        await using var chromium = await Chromium.Start();
        var phone = await chromium.Window(app.Address, 390);
        await phone.GotoAsync("/vaccini");
        await phone.Fits("vaccination-campaigns-phone");
        await phone.GetByRole(AriaRole.Link, new() { Name = "Prenota Anti" }).ClickAsync();
        await phone.Fits("vaccination-enter-phone");
        await phone.GetByLabel("Codice fiscale").FillAsync(person.FiscalCode!);
        await phone.GetByLabel("Numero della tessera").FillAsync("123");
        await phone.Press("Continua");
        await Assertions.Expect(phone.Locator("#errors")).ToContainTextAsync("ultime 13 cifre");
        await phone.Fits();
        await phone.GetByLabel("Numero della tessera").FillAsync(VaccinationApp.Card);
        await phone.Press("Continua");
        await phone.WaitForURLAsync("**/vaccini/prenota/centro");
        await phone.GetByLabel("Comune o CAP").FillAsync("Torino");
        await phone.Press("Cerca");
        await Assertions.Expect(phone.Locator("svg.map")).ToBeVisibleAsync();
        await phone.Fits("vaccination-centres-phone");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Scegli Hub di prova", Exact = true }).ClickAsync();
        await phone.WaitForURLAsync("**/vaccini/prenota/date");
        await phone.Fits("vaccination-dates-phone");
        await phone.Press("Continua con queste date");
        await phone.WaitForURLAsync("**/vaccini/prenota/conferma");
        await phone.Fits("vaccination-confirm-phone");
        await phone.GetByLabel("E-mail").FillAsync("anna@example.org");
        await phone.Press("Conferma la prenotazione");
        await phone.WaitForURLAsync("**/vaccini/ricevuta");
        await phone.Fits("vaccination-receipt-phone");
        var code = await phone.Locator("[data-code]").InnerTextAsync();

        await phone.GotoAsync("/vaccini/gestisci");
        await phone.Fits();
        await phone.GetByLabel("Codice della prenotazione").FillAsync(code);
        await phone.GetByLabel("Codice fiscale").FillAsync(person.FiscalCode!);
        await phone.Press("Mostra la prenotazione");
        await phone.WaitForURLAsync("**/vaccini/gestisci/prenotazione");
        await phone.Fits("vaccination-manage-phone");
        await phone.GetByRole(AriaRole.Link, new() { Name = "Sposta la prima dose" }).ClickAsync();
        await phone.Fits();
        await phone.Press("Sposta qui");
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("L’appuntamento è spostato");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Disdici la prenotazione" }).ClickAsync();
        await phone.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).Last.ClickAsync();
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("Prenotazione disdetta");
        await phone.Fits();
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
    }

    [InChromium]
    public async Task With_the_keyboard_alone_from_the_campaigns_to_the_receipt_and_to_another_date()
    {
        await using var app = await WithPlaces();
        var person = (await app.People(1))[0];
        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(app.Address);
        await page.GotoAsync("/vaccini");
        await page.Enter("Prenota Anti COVID-19, over 80");
        await page.WaitForURLAsync("**/vaccini/campagna/*");
        await page.Type("Form.FiscalCode", person.FiscalCode!);
        await page.Type("Form.Card", VaccinationApp.Card);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccini/prenota/centro");
        await page.Enter("Scegli Hub di prova");
        await page.WaitForURLAsync("**/vaccini/prenota/date");
        // The hours of another day come by themselves, and the focus stays where it is.
        var hour = await page.Locator("#First").InputValueAsync();
        await page.TabTo("FirstDay");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("#First")).Not.ToHaveValueAsync(hour);
        Assert.Equal("FirstDay", await page.EvaluateAsync<string>("() => document.activeElement.name"));
        await page.Enter("Continua con queste date");
        await page.WaitForURLAsync("**/vaccini/prenota/conferma");
        await page.Type("Form.Email", "anna@example.org");
        await page.Enter("Conferma la prenotazione");
        await page.WaitForURLAsync("**/vaccini/ricevuta");
        await page.Fits();
        Assert.Equal(BookingState.Booked, await app.Db<VaccinationDb, BookingState>(db => db.Bookings.Select(b => b.State).SingleAsync()));
        var code = await page.Locator("[data-code]").InnerTextAsync();

        await page.GotoAsync("/vaccini/gestisci");
        await page.Type("Form.Code", code);
        await page.Type("Form.FiscalCode", person.FiscalCode!);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccini/gestisci/prenotazione");
        await page.Enter("Sposta le due dosi insieme, anche in un altro centro");
        await page.WaitForURLAsync("**/vaccini/gestisci/sposta-tutto");
        await page.Fits();
        await page.TabTo("Centre");
        await page.Keyboard.TypeAsync("Hub di Iv");
        await Assertions.Expect(page.Locator("#FirstDay option")).ToHaveCountAsync(2);
        await page.Enter("Sposta le due dosi qui");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("I due appuntamenti sono spostati");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Hub di Ivrea");
        await page.Enter("Disdici la prenotazione");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Prenotazione disdetta");
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
    }

    [InChromium]
    public async Task The_browser_does_its_work_by_itself_and_without_script_a_question_is_asked()
    {
        await using var app = await WithPlaces();
        var people = await app.People(2);
        await app.Db<VaccinationDb, int>(db => db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(c => c.Defence, BotDefence.Always)));
        await using var chromium = await Chromium.Start();
        var phone = await chromium.Window(app.Address, 390);
        await phone.GotoAsync("/vaccini/campagna/" + VaccinationApp.Campaign);
        await Assertions.Expect(phone.GetByText("Quanto fa")).ToHaveCountAsync(0);
        await phone.GetByLabel("Codice fiscale").FillAsync(people[0].FiscalCode!);
        await phone.GetByLabel("Numero della tessera").FillAsync(VaccinationApp.Card);
        await phone.Press("Continua");
        await phone.WaitForURLAsync("**/vaccini/prenota/centro");

        var plain = await chromium.Window(app.Address, 390, script: false);
        await plain.GotoAsync("/vaccini/campagna/" + VaccinationApp.Campaign);
        await Assertions.Expect(plain.GetByText("Quanto fa")).ToBeVisibleAsync();
        await plain.Picture("vaccination-question-phone");
        await plain.GetByLabel("Codice fiscale").FillAsync(people[1].FiscalCode!);
        await plain.GetByLabel("Numero della tessera").FillAsync(VaccinationApp.Card);
        var words = (await plain.GetByText("Quanto fa").InnerTextAsync()).Split('?')[0].Split(' ');
        int Number(string word) => Enumerable.Range(0, 10).First(n => Challenge.NumberIn(true, n) == word);
        await plain.GetByLabel("Quanto fa").FillAsync(Challenge.NumberIn(true, Number(words[2]) + Number(words[4])));
        app.Clock.Advance(TimeSpan.FromSeconds(9));
        await plain.Press("Continua");
        await plain.WaitForURLAsync("**/vaccini/prenota/centro");
    }

    [InChromium]
    public async Task Who_finds_nothing_waits_is_offered_a_place_and_takes_it_on_a_phone()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        app.Listen();
        await app.OpenCampaign();
        var person = (await app.People(1))[0];
        await using var chromium = await Chromium.Start();
        var phone = await chromium.Window(app.Address, 390);
        await phone.GotoAsync("/vaccini/campagna/" + VaccinationApp.Campaign);
        await phone.GetByLabel("Codice fiscale").FillAsync(person.FiscalCode!);
        await phone.GetByLabel("Numero della tessera").FillAsync(VaccinationApp.Card);
        await phone.Press("Continua");
        await phone.WaitForURLAsync("**/vaccini/prenota/centro");
        await phone.Fits();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Avvisatemi quando c’è un posto" }).ClickAsync();
        await phone.WaitForURLAsync("**/vaccini/avviso*");
        await phone.GetByLabel("Codice fiscale").FillAsync(person.FiscalCode!);
        await phone.GetByLabel("Numero della tessera").FillAsync(VaccinationApp.Card);
        await phone.GetByLabel("Comune").FillAsync("Torino");
        await phone.GetByLabel("E-mail").FillAsync("anna@example.org");
        await phone.Fits("vaccination-wish-phone");
        await phone.Press("Mettetemi in lista");
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("Persone davanti a lei: 0");
        await phone.Fits();

        await app.Slot(1, 1, 3);
        await app.Slot(2, 1, 38);
        await using (var scope = app.Scope())
            await ((OfferPlaces)scope.ServiceProvider.GetService(typeof(OfferPlaces))!).Run(default);
        await phone.GotoAsync("/vaccini/offerta");
        await phone.GetByLabel("Codice dell’offerta").FillAsync(await app.Db<VaccinationDb, string>(db => db.Offers.Select(o => o.Code).SingleAsync()));
        await phone.GetByLabel("Codice fiscale").FillAsync(person.FiscalCode!);
        await phone.Fits();
        await phone.Press("Mostra il posto");
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("Hub di prova");
        await phone.Fits("vaccination-offer-phone");
        await phone.Press("Accetto il posto");
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("Il posto è suo");
        await phone.Fits();
        await app.EveryPlaceIsAccountedFor();
    }

    private static async Task<PlatformApp> WithPlaces()
    {
        var app = await PlatformApp.Start(Engine.Sqlite);
        app.Listen();
        await app.OpenCampaign();
        await app.Db<VaccinationDb, int>(async db =>
        {
            await db.Centres.ExecuteUpdateAsync(set => set.SetProperty(c => c.Latitude, 45.07).SetProperty(c => c.Longitude, 7.68));
            db.Add(new Platform.VaccinationBooking.Centres.Centre
            {
                Code = "CV-002", Name = "Hub di Ivrea", AslCode = "010301", MunicipalityIstat = "001125", PostalCode = "10015", Address = "Via Po 2", Latitude = 45.46, Longitude = 7.87,
            });
            return await db.SaveChangesAsync();
        });
        for (var day = 3; day < 6; day++)
            await app.Slot(1, 5, day);
        await app.Slot(1, 5, 7, centre: "CV-002");
        await app.Slot(2, 5, 42, centre: "CV-002");
        await app.Slot(2, 5, 38);
        return app;
    }
}
