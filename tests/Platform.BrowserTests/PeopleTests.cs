using Microsoft.Playwright;
using Platform.Tests.Harness;

namespace Platform.BrowserTests;

/// <summary>The registry's pages where the page itself is the point.</summary>
public sealed class PeopleTests
{
    [InChromium]
    public async Task Whom_she_may_already_be_is_shown_while_one_types()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, ("Demo:Enabled", "true"), ("Demo:People", "20"));
        app.Listen();
        await using var chromium = await Chromium.Start();
        var sisp = await SignedIn(chromium, app);
        await sisp.GotoAsync("/patients/new");
        await sisp.Locator("[name='Form.FamilyName']").FillAsync("Rosi");
        await sisp.Locator("[name='Form.GivenName']").FillAsync("Mario");
        await sisp.GetByLabel("Data di nascita").FillAsync("1980-03-12");
        await Assertions.Expect(sisp.Locator("#alike")).ToContainTextAsync("Rossi Mario");
        await Assertions.Expect(sisp.Locator("#alike")).ToContainTextAsync("una lettera di differenza");
        Assert.DoesNotContain("Rosi", sisp.Url, StringComparison.Ordinal);
        await sisp.MustBeAccessible();
        await sisp.Picture("register-person");
    }

    [InChromium]
    public async Task Every_page_of_a_person_is_accessible_and_fits_a_phone()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, ("Demo:Enabled", "true"), ("Demo:People", "20"), ("Patients:Registry:Address", "http://127.0.0.1:9"));
        app.Listen();
        await using var chromium = await Chromium.Start();
        var sisp = await SignedIn(chromium, app, 390);
        await sisp.GotoAsync("/patients");
        await sisp.GetByRole(AriaRole.Link, new() { Name = "Rossi Mario" }).ClickAsync();
        var person = new Uri(sisp.Url).AbsolutePath;
        foreach (var path in new[]
        {
            person, person + "/identity", person + "/contacts", person + "/doctor", person + "/ties/new", person + "/grants/new", person + "/death",
            person + "/merge", person + "/registry", "/patients/new", "/patients/grants", "/doctors", "/doctors/990007/close",
        })
        {
            Assert.Equal(200, (await sisp.GotoAsync(path))!.Status);
            await sisp.MustBeAccessible();
            Assert.True(await sisp.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), path + " is wider than a phone");
        }
    }

    private static async Task<IPage> SignedIn(Chromium chromium, PlatformApp app, int width = 1280)
    {
        var page = await chromium.Window(app.Address, width);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Nome utente o e-mail").FillAsync("sisp");
        await page.GetByLabel("Password").FillAsync("Piemonte-2021");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Accedi", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }
}
