using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Platform.Tests.Harness;
using Platform.Tests.VaccinationBooking;
using Platform.UserManagement.Contracts;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Stock;

namespace Platform.BrowserTests;

/// <summary>The day of a vaccination centre on a phone: the receipt is read, the questions are asked, the dose is given. Her code is typed as a
/// reader of squares types it, with Enter at its end.</summary>
public sealed class CentreDayTests
{
    [InChromium]
    public async Task From_the_receipt_to_the_dose_on_a_phone()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var booked = await OpenCentre(app);
        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(app.Address, 390);
        await SignIn(page);

        await page.GotoAsync("/vaccination/day");
        await page.Fits("vaccination-day-phone");
        await Assertions.Expect(page.GetByLabel("Codice della prenotazione, QR o tessera sanitaria")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("AAAA-AAAA-AA");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("non c’è nessun appuntamento con questo codice");
        await page.GetByLabel("Codice della prenotazione, QR o tessera sanitaria").FillAsync(booked);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccination/arrivals/**");
        await page.Fits("vaccination-arrival-phone");

        await page.GetByLabel("Consenso dato da").SelectOptionAsync("Herself");
        await page.GetByRole(AriaRole.Button, new() { Name = "Può ricevere la dose" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Registra la dose" })).ToBeVisibleAsync();
        await page.Fits();
        await page.Locator("#Form_Lot").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Sede dell’iniezione").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Registra la dose" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("EX4512");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Reazioni avverse");
        await page.Fits("vaccination-dose-phone");
        await page.GotoAsync("/vaccination/stock");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("59");
        await page.Fits();
    }

    [InChromium]
    public async Task The_whole_day_with_the_keyboard_alone()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var booked = await OpenCentre(app);
        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(app.Address);
        await SignIn(page);
        await page.GotoAsync("/vaccination/day");
        await page.Keyboard.TypeAsync(booked);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccination/arrivals/**");
        await page.TabTo("Assessed.Consent");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Enter("Può ricevere la dose");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Registra la dose" })).ToBeVisibleAsync();
        await page.TabTo("Form.Lot");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.TabTo("Form.Site");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Enter("Registra la dose");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("EX4512");
        await page.Fits();

        // Open vials at the end of the day.
        await page.GotoAsync("/vaccination/day");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Vaccinati: 1");
        await page.Enter("Dosi avanzate");
        await page.Fits();
        await page.TabTo("LeftOver.Campaign");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.TabTo("LeftOver.Vaccine");
        await page.Keyboard.TypeAsync("Comirnaty");
        await page.TabTo("LeftOver.At");
        // How a time is typed depends on the browser's own language.
        await page.Locator("#LeftOver_At").FillAsync("22:00");
        await page.Enter("Offri a chi è in lista");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Offerte partite: 0");
        await page.GotoAsync("/vaccination/stock");
        await page.Fits();
        Assert.Equal(1, await app.Db<VaccinationDb, int>(db => db.Doses.CountAsync()));
    }

    private static async Task SignIn(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Nome utente o e-mail").FillAsync("vaccinatore");
        await page.GetByLabel("Password").FillAsync(PlatformApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>A centre with stock on the day of an appointment, and a nurse with an account.</summary>
    /// <returns>The code of the booking.</returns>
    private static async Task<string> OpenCentre(PlatformApp app)
    {
        app.Listen();
        await app.OpenCampaign();
        var nurse = As.VaccinationCentre(VaccinationApp.Centre);
        var person = (await app.People(1))[0];
        var booked = (await app.AtOnce([app.Order(person.PatientId, await app.Slot(1, 2, 1), await app.Slot(2, 2, 29))]))[0];
        await app.Send(
            new ChangeStock
            {
                Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Delivery, Vaccine = "comirnaty", LotNumber = "EX4512", ExpiresOn = new(2030, 1, 1), Doses = 60,
            }, nurse);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Send(new CreateAccount("vaccinatore", PlatformApp.Password, "Operatore vaccinale", "vaccinatore@example.org", "it", nurse.Assignments));
        return booked.Code!;
    }
}
