using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Platform.Tests.Harness;
using Platform.Tests.VaccinationBooking;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;

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
        await Fits(phone, "vaccination-campaigns-phone");
        await phone.GetByRole(AriaRole.Link, new() { Name = "Prenota Anti" }).ClickAsync();
        await Fits(phone, "vaccination-enter-phone");
        await phone.GetByLabel("Codice fiscale").FillAsync(person.FiscalCode!);
        await phone.GetByLabel("Numero della tessera").FillAsync("123");
        await Press(phone, "Continua");
        await Assertions.Expect(phone.Locator("#errors")).ToContainTextAsync("ultime 13 cifre");
        await Fits(phone);
        await phone.GetByLabel("Numero della tessera").FillAsync(VaccinationApp.Card);
        await Press(phone, "Continua");
        await phone.WaitForURLAsync("**/vaccini/prenota/centro");
        await phone.GetByLabel("Comune o CAP").FillAsync("Torino");
        await Press(phone, "Cerca");
        await Assertions.Expect(phone.Locator("svg.map")).ToBeVisibleAsync();
        await Fits(phone, "vaccination-centres-phone");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Scegli Hub di prova", Exact = true }).ClickAsync();
        await phone.WaitForURLAsync("**/vaccini/prenota/date");
        await Fits(phone, "vaccination-dates-phone");
        await Press(phone, "Continua con queste date");
        await phone.WaitForURLAsync("**/vaccini/prenota/conferma");
        await Fits(phone, "vaccination-confirm-phone");
        await phone.GetByLabel("E-mail").FillAsync("anna@example.org");
        await Press(phone, "Conferma la prenotazione");
        await phone.WaitForURLAsync("**/vaccini/ricevuta");
        await Fits(phone, "vaccination-receipt-phone");
        var code = await phone.Locator("[data-code]").InnerTextAsync();

        await phone.GotoAsync("/vaccini/gestisci");
        await Fits(phone);
        await phone.GetByLabel("Codice della prenotazione").FillAsync(code);
        await phone.GetByLabel("Codice fiscale").FillAsync(person.FiscalCode!);
        await Press(phone, "Mostra la prenotazione");
        await phone.WaitForURLAsync("**/vaccini/gestisci/prenotazione");
        await Fits(phone, "vaccination-manage-phone");
        await phone.GetByRole(AriaRole.Link, new() { Name = "Sposta la prima dose" }).ClickAsync();
        await Fits(phone);
        await Press(phone, "Sposta qui");
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("L’appuntamento è spostato");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Disdici la prenotazione" }).ClickAsync();
        await phone.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).Last.ClickAsync();
        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("Prenotazione disdetta");
        await Fits(phone);
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
    }

    [InChromium]
    public async Task With_the_keyboard_alone()
    {
        await using var app = await WithPlaces();
        var person = (await app.People(1))[0];
        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(app.Address);
        await page.GotoAsync("/vaccini");
        await To(page, "Prenota Anti COVID-19, over 80");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccini/campagna/*");
        await To(page, "Form.FiscalCode");
        await page.Keyboard.TypeAsync(person.FiscalCode!);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(VaccinationApp.Card);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccini/prenota/centro");
        await To(page, "Scegli Hub di prova");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccini/prenota/date");
        await To(page, "Continua con queste date");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccini/prenota/conferma");
        await To(page, "Conferma la prenotazione");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccini/ricevuta");
        await page.MustBeAccessible();
        Assert.Equal(BookingState.Booked, await app.Db<VaccinationDb, BookingState>(db => db.Bookings.Select(b => b.State).SingleAsync()));
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

    private static Task Press(IPage page, string button) => page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task Fits(IPage page, string? picture = null)
    {
        await page.MustBeAccessible();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), page.Url + " is too wide for a phone.");
        if (picture is not null)
            await page.Picture(picture);
    }

    /// <summary>By the tabulator, to what is called or named so.</summary>
    private static async Task To(IPage page, string name)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("() => document.activeElement.name || document.activeElement.innerText.replace(/\\s+/g, ' ').trim()") == name)
                return;
        }

        Assert.Fail($"The keyboard does not come to «{name}» at {page.Url}.");
    }
}
