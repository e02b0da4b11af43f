using Microsoft.Playwright;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement.Contracts;

namespace Platform.BrowserTests;

/// <summary>The laboratory works through what waits for a match without a mouse.</summary>
public sealed class UnmatchedQueueTests
{
    [InChromium]
    public async Task What_waits_is_opened_matched_and_followed_by_the_next_with_the_keyboard_alone()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        app.Listen();
        await app.Fill();
        foreach (var (family, number) in new[] { ("Ferraris", "L-1"), ("Bianchi", "L-2"), ("Verdi", "L-3") })
        {
            await app.Take(RefertiApp.Message("K" + number, await app.Person(family), number, code: ""));
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var lab = As.Lab(RefertiApp.Lab);
        await app.Send(new CreateAccount("laboratorio", PlatformApp.Password, "Laboratorio", "lab@example.org", "it", lab.Assignments));
        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(app.Address);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Nome utente o e-mail").FillAsync("laboratorio");
        await page.GetByLabel("Password").FillAsync(PlatformApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        await page.GotoAsync("/referti/unmatched");
        await page.MustBeAccessible();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "FERRARIS LUCIA" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "VERDI LUCIA" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Bianchi");
        await page.MustBeAccessible();
        await page.Picture("unmatched");
        await Match(page, "Verdi");
        await Match(page, "Ferraris");
        await Match(page, "Nessun messaggio");
        Assert.Equal(3, (await app.Reports()).Count);
    }

    /// <summary>The first candidate's button has the focus; the dialog that asks again begins at «no».</summary>
    private static async Task Match(IPage page, string next)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Abbina alla persona, senza richiesta" }).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "No, torna indietro" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(next);
    }
}
