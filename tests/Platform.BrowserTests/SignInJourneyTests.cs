using Microsoft.Playwright;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Tests.ExternalSignIn;
using Platform.Tests.Harness;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.ExternalSignIn;
using Platform.UserManagement.SecondFactor;

namespace Platform.BrowserTests;

/// <summary>One operator, every way in and out, in a real browser: digital identity, password with second factor, passkey, a session that is
/// ended from elsewhere, the lock.</summary>
public sealed class SignInJourneyTests
{
    private const string Wrong = "sbagliata-davvero";

    [InChromium]
    public async Task An_operator_comes_in_by_every_way_there_is_and_a_session_that_was_ended_is_over()
    {
        await using var provider = await Provider.Start();
        await using var app = await PlatformApp.Start(Engine.Sqlite, [(SecondFactorRule.Setting, "Compulsory"), .. Provider.Settings(provider.Address, ("Title", "SPID"))]);
        app.Listen();
        var code = FiscalCode.Compute("Bianchi", "Anna", Sex.Female, new(1975, 5, 4), "L219");
        var id = await app.Send(new CreateAccount("anna", PlatformApp.Password, "Anna Bianchi", "anna@example.org", "it", As.Sisp("010301").Assignments));
        await app.Send(new SetFiscalCode { AccountId = id, FiscalCode = code }, As.Administrator());
        await using var chromium = await Chromium.Start();
        // A passkey is of a name, and cookies of the provider, which is 127.0.0.1, are another site's.
        var address = $"http://localhost:{new Uri(app.Address).Port}";
        var ward = await chromium.Window(address);

        // The digital identity, of level 2: two factors already.
        await ward.GotoAsync("/account");
        await ward.GetByRole(AriaRole.Link, new() { Name = "Entra con SPID" }).ClickAsync();
        await ward.GetByLabel("Codice fiscale").FillAsync(code);
        await ward.GetByRole(AriaRole.Button, new() { Name = "Entra", Exact = true }).ClickAsync();
        await ward.WaitForURLAsync("**/account");
        await Leave(ward);

        // The password alone does not do: the telephone is linked.
        await ByPassword(ward, PlatformApp.Password);
        await ward.WaitForURLAsync("**/sign-in/second-factor**");
        await ward.MustBeAccessible();
        var secret = Secret(await ward.Locator("main p code").InnerTextAsync());
        await ward.GetByLabel("Codice di sei cifre").FillAsync(Totp.CodeOf(secret, Totp.StepAt(app.Clock.Now)));
        await ward.GetByRole(AriaRole.Button, new() { Name = "Collega il telefono" }).ClickAsync();
        await ward.GetByRole(AriaRole.Link, new() { Name = "Li ho conservati: continua" }).ClickAsync();
        await ward.GotoAsync("/account");

        // In another place, with the code; a code that was used opens no more.
        var office = await chromium.Window(address);
        await ByPassword(office, PlatformApp.Password);
        await office.WaitForURLAsync("**/sign-in/code**");
        await Prove(office, Totp.CodeOf(secret, Totp.StepAt(app.Clock.Now)));
        await Assertions.Expect(office.Locator("main")).ToContainTextAsync("già stato usato");
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await Prove(office, Totp.CodeOf(secret, Totp.StepAt(app.Clock.Now)));
        await office.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        // From there she ends what she has left open in the ward.
        await office.GotoAsync("/account");
        await office.MustBeAccessible();
        await Assertions.Expect(office.Locator("#sessions tbody tr")).ToHaveCountAsync(2);
        await office.Locator("#sessions").GetByLabel("Password, per chiudere una sessione o tutte le altre").FillAsync(PlatformApp.Password);
        await office.GetByRole(AriaRole.Button, new() { Name = "Chiudi la sessione" }).ClickAsync();
        await Assertions.Expect(office.Locator("main")).ToContainTextAsync("La sessione è chiusa");
        await ward.ReloadAsync();
        Assert.Contains("/sign-in", ward.Url, StringComparison.Ordinal);

        // A passkey is both factors.
        await office.HasAuthenticator();
        await office.GotoAsync("/account");
        await office.GetByLabel("Nome della nuova passkey").FillAsync("telefono");
        await office.Locator("#passkeys").GetByLabel("Password attuale").FillAsync(PlatformApp.Password);
        await office.GetByRole(AriaRole.Button, new() { Name = "Aggiungi una passkey" }).ClickAsync();
        await Assertions.Expect(office.Locator("main")).ToContainTextAsync("La passkey è registrata");
        await Leave(office);
        await office.GotoAsync("/sign-in");
        await office.GetByRole(AriaRole.Button, new() { Name = "Accedi con una passkey" }).ClickAsync();
        await office.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        // Somebody guesses: the account is locked, for the right password too, and opens again after a quarter of an hour.
        for (var attempt = 0; attempt < 5; attempt++)
            await ByPassword(ward, Wrong);
        await ByPassword(ward, PlatformApp.Password);
        await Assertions.Expect(ward.Locator("main")).ToContainTextAsync("Nome utente o password non corretti");
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await ByPassword(ward, PlatformApp.Password);
        await ward.WaitForURLAsync("**/sign-in/code**");
    }

    private static async Task ByPassword(IPage page, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Nome utente o e-mail").FillAsync("anna");
        await page.GetByLabel("Password").FillAsync(password);
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Accedi", Exact = true }).ClickAsync();
    }

    private static async Task Prove(IPage page, string code)
    {
        await page.GetByLabel("Codice").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continua" }).ClickAsync();
    }

    private static async Task Leave(IPage page)
    {
        await page.Locator("summary:has(.account-name)").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Esci" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account", StringComparison.Ordinal));
    }

    private static byte[] Secret(string shown)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var number = shown.Where(char.IsLetterOrDigit).Aggregate(System.Numerics.BigInteger.Zero, (all, c) => (all << 5) + alphabet.IndexOf(c, StringComparison.Ordinal));
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Totp.SecretBytes - bytes.Length], .. bytes];
    }
}
