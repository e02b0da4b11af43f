using Microsoft.Playwright;
using Platform.Tests.Harness;
using Platform.Tests.VaccinationBooking;
using Platform.UserManagement.Contracts;
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
        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(app.Address, 390);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Nome utente o e-mail").FillAsync("vaccinatore");
        await page.GetByLabel("Password").FillAsync(PlatformApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        await page.GotoAsync("/vaccination/day");
        await Fits(page, "vaccination-day-phone");
        await Assertions.Expect(page.GetByLabel("Codice della prenotazione, QR o tessera sanitaria")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("AAAA-AAAA-AA");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("non c’è nessun appuntamento con questo codice");
        await page.GetByLabel("Codice della prenotazione, QR o tessera sanitaria").FillAsync(booked.Code!);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/vaccination/arrivals/**");
        await Fits(page, "vaccination-arrival-phone");

        await page.GetByLabel("Consenso dato da").SelectOptionAsync("Herself");
        await page.GetByRole(AriaRole.Button, new() { Name = "Può ricevere la dose" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Registra la dose" })).ToBeVisibleAsync();
        await Fits(page);
        await page.Locator("#Form_Lot").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Sede dell’iniezione").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Registra la dose" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("EX4512");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Reazioni avverse");
        await Fits(page, "vaccination-dose-phone");
        await page.GotoAsync("/vaccination/stock");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("59");
        await Fits(page);
    }

    private static async Task Fits(IPage page, string? picture = null)
    {
        await page.MustBeAccessible();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), page.Url + " is too wide for a phone.");
        if (picture is not null)
            await page.Picture(picture);
    }
}
