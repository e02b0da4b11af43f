using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Contracts;

namespace Platform.BrowserTests;

/// <summary>Passkeys with a real browser: its virtual authenticator makes and proves them.</summary>
public sealed class PasskeyTests
{
    private const string Password = "una-frase-lunga-7";

    [InChromium]
    public async Task A_passkey_is_registered_and_then_opens_alone_and_the_password_alone_no_more()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        app.Listen();
        await app.Send(new CreateAccount("anna", Password, "Anna", "anna@example.org", "it", [new(Role.Sisp, new(ScopeKind.Asl, "010301"))]));
        await using var chromium = await Chromium.Start();
        // A key is of a name, never of a network address.
        var page = await chromium.Window($"http://localhost:{new Uri(app.Address).Port}");
        await page.HasAuthenticator();

        await page.GotoAsync("/sign-in");
        await ByPassword(page);
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.GotoAsync("/account");
        await page.MustBeAccessible();
        await page.GetByLabel("Nome della nuova passkey").FillAsync("telefono");
        await page.Locator("#passkeys").GetByLabel("Password attuale").FillAsync("sbagliata");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aggiungi una passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("La password attuale non è corretta");
        await page.Locator("#passkeys").GetByLabel("Password attuale").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Aggiungi una passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("La passkey è registrata");
        await page.Locator("#passkeys input[name=name]").FillAsync("telefono di lavoro");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rinomina" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Il nome della passkey è cambiato");
        await page.MustBeAccessible();
        await page.Picture("account");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await ByPassword(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("la password da sola non basta");
        await page.MustBeAccessible();
        await page.GetByRole(AriaRole.Button, new() { Name = "Accedi con una passkey" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        await page.GotoAsync("/account");
        await Assertions.Expect(page.Locator("#passkeys input[name=name]")).ToHaveValueAsync("telefono di lavoro");
        await page.GetByRole(AriaRole.Button, new() { Name = "Togli la passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("La passkey non vale più");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accedi con una passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("non è stata riconosciuta");
    }

    /// <summary>Before what is delicate, a quarter of an hour after the sign-in: what was typed goes on by itself.</summary>
    [InChromium]
    public async Task A_passkey_proves_once_more_who_it_is_and_what_was_typed_goes_on()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        app.Listen();
        await app.Send(new CreateAccount("anna", Password, "Anna", "anna@example.org", "it", As.Administrator().Assignments));
        var other = await app.Send(new CreateAccount("medico", Password, "Bruno", "bruno@example.org", "it", As.Gp("990007").Assignments));
        await using var chromium = await Chromium.Start();
        var page = await chromium.Window($"http://localhost:{new Uri(app.Address).Port}");
        await page.HasAuthenticator();
        await page.GotoAsync("/sign-in");
        await ByPassword(page);
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.GotoAsync("/account");
        await page.GetByLabel("Nome della nuova passkey").FillAsync("telefono");
        await page.Locator("#passkeys").GetByLabel("Password attuale").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Aggiungi una passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("La passkey è registrata");

        await page.GotoAsync($"/users/{other}/fiscal-code");
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await page.GetByLabel("Codice fiscale").FillAsync("BNCNNA75E44L219D");
        await page.GetByRole(AriaRole.Button, new() { Name = "Salva" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Conferma della sua identità");
        await page.MustBeAccessible();
        await page.GetByRole(AriaRole.Button, new() { Name = "Conferma con una passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("è stata registrata");

        // For a quarter of an hour nothing more is asked; then a key that is not hers is no proof.
        await page.GotoAsync($"/users/{other}/fiscal-code");
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await page.GetByLabel("Codice fiscale").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Salva" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Conferma della sua identità");
        await page.Locator("input[name='Proof.Credential']").EvaluateAsync("field => { field.value = '{}'; field.form.submit(); }");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Conferma della sua identità");
        Assert.Equal("BNCNNA75E44L219D", await app.Db<UserManagementDb, string?>(async db => (await db.Accounts.SingleAsync(a => a.Id == other)).FiscalCode));
    }

    private static async Task ByPassword(IPage page)
    {
        await page.GetByLabel("Nome utente o e-mail").FillAsync("anna");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Accedi", Exact = true }).ClickAsync();
    }
}
