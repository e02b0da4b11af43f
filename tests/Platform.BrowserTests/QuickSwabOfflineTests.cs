using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Platform.Patients.Contracts;
using Platform.QuickSwabs;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.Tests.Testing;
using Platform.UserManagement.Contracts;

namespace Platform.BrowserTests;

/// <summary>A pharmacy in a valley: the line is down, five people are tested; as it comes back it breaks once more, and one test is sent twice.</summary>
public sealed class QuickSwabOfflineTests
{
    private const int Tests = 5;
    private const string Phrase = "genziana sul Monviso";

    [InChromium]
    public async Task Five_tests_without_a_network_arrive_once_each()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        app.Listen();
        await RefertiApp.Fill(app);
        var people = new List<PatientSummary>();
        for (var i = 0; i < Tests; i++)
            people.Add(await TestingApp.Person(app, "Valle", $"Persona {(char)('A' + i)}"));
        var desk = As.Pharmacy("FAR-001");
        await app.Send(new CreateAccount("farmacia", PlatformApp.Password, "Operatore di farmacia", "farmacia@example.org", "it", desk.Assignments));
        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(app.Address);
        await page.Clock.InstallAsync(new() { TimeDate = app.Clock.Now.UtcDateTime });
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Nome utente o e-mail").FillAsync("farmacia");
        await page.GetByLabel("Password").FillAsync(PlatformApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        await page.GotoAsync("/quick-swabs/offline");
        await Assertions.Expect(page.Locator("[data-offline-desk][data-aside=true]")).ToBeAttachedAsync();
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await page.Fits();
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await page.GetByLabel("Frase segreta").FillAsync(Phrase);
        await page.Press("Apri");
        foreach (var person in people)
        {
            await page.GetByLabel("Codice fiscale").FillAsync(person.FiscalCode!);
            await page.GetByLabel("Cognome").FillAsync(person.FamilyName);
            await page.GetByLabel("Dispositivo").SelectOptionAsync("1232");
            await page.GetByLabel("Lotto").FillAsync("41ADG123A");
            await page.GetByLabel("Scadenza del kit").FillAsync("2022-12-31");
            await page.Press("Inizia il test");
            await Assertions.Expect(page.GetByLabel("Codice fiscale")).ToHaveValueAsync("");
        }

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync($"Test su questo dispositivo: {Tests}");
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Negativo" }).CountAsync());
        Assert.DoesNotContain(people[0].FiscalCode!, await Stored(page), StringComparison.Ordinal);

        // The device is put aside and opened again: another phrase opens nothing.
        await page.ReloadAsync();
        await page.GetByLabel("Frase segreta").FillAsync("un'altra frase");
        await page.Press("Apri");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("La frase non è quella");
        await page.GetByLabel("Frase segreta").FillAsync(Phrase);
        await page.Press("Apri");
        app.Clock.Advance(TimeSpan.FromMinutes(17));
        await page.Clock.FastForwardAsync(17 * 60 * 1000);
        for (var i = 0; i < Tests; i++)
            await page.GetByRole(AriaRole.Button, new() { Name = "Negativo" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Negativo" })).ToHaveCountAsync(0);
        await page.Fits();

        // The first one arrives, its answer does not.
        var sent = 0;
        var broken = new TaskCompletionSource();
        await page.RouteAsync("**/quick-swabs/offline?handler=Send", async route =>
        {
            if (Interlocked.Increment(ref sent) > 1)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FetchAsync();
            await route.AbortAsync();
            broken.SetResult();
        });
        await page.Context.SetOfflineAsync(false);
        await broken.Task;
        // The desk tries again at its next beat.
        for (var i = 0; i < 20 && await page.GetByText("pronto da inviare").CountAsync() > 0; i++)
        {
            await page.Clock.FastForwardAsync(16_000);
            await page.WaitForFunctionAsync("() => new Promise(done => requestIdleCallback(() => done(true)))");
        }

        await Assertions.Expect(page.Locator("p[data-waiting]")).ToContainTextAsync(": 0");
        Assert.Equal(Tests + 1, sent);
        Assert.Equal(Tests, await app.Db<QuickSwabsDb, int>(db => db.Swabs.Select(s => s.PatientId).Distinct().CountAsync()));
        Assert.Equal(Tests, await app.Db<QuickSwabsDb, int>(db => db.Swabs.CountAsync()));
    }

    // Every byte of what the browser keeps, as letters.
    private static Task<string> Stored(IPage page) => page.EvaluateAsync<string>("""
        () => new Promise(done => {
          const open = indexedDB.open('quick-swabs', 1);
          open.onsuccess = () => {
            const all = open.result.transaction('entries').objectStore('entries').getAll();
            all.onsuccess = () => { open.result.close(); done(all.result.map(r => Object.keys(r).join() + String.fromCharCode(...new Uint8Array(r.sealed))).join('|')); };
          };
        })
        """);
}
