using Microsoft.Playwright;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Ties;
using Platform.Tests.ExternalSignIn;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.ExternalSignIn;

namespace Platform.BrowserTests;

/// <summary>To the provider and back in a real browser, across two sites, with the cookies and the content policy as they are.</summary>
public sealed class ExternalSignInTests
{
    [InChromium]
    public async Task A_mother_signs_in_with_her_digital_identity_and_reads_her_childs_report()
    {
        await using var provider = await Provider.Start();
        await using var app = await PlatformApp.Start(Engine.Sqlite, Provider.Settings(provider.Address, ("Title", "CIE")));
        app.Listen();
        await app.Fill();
        var (mother, child) = (await app.Person(), await app.Person("Ferraris", "Anna", new(2015, 5, 5)));
        var sample = await app.Sample(child);
        await app.Take(RefertiApp.Message("E1", child, sample.Number, RefertiApp.NotDetected), sample.Lab);
        await app.Send(
            new NoteTie
            {
                Id = Guid.CreateVersion7(), PatientId = child.Id, ProxyCode = mother.FiscalCode, ProxyFamilyName = mother.FamilyName, Kind = ProxyKind.Parent,
                From = new(2021, 11, 15), Document = "CI CA12345AB",
            }, As.Sisp(RefertiApp.Asl));

        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(Localhost(app), 390);
        await page.GotoAsync("/ritiro");
        await page.MustBeAccessible();
        await page.Picture("collect-phone");
        await page.GetByRole(AriaRole.Link, new() { Name = "Entra con CIE" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Annulla" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Ha annullato l’accesso");
        await page.MustBeAccessible();
        await page.GetByRole(AriaRole.Link, new() { Name = "Riprova" }).ClickAsync();
        await Identify(page, mother.FiscalCode!);

        await page.WaitForURLAsync("**/ritiro/referti");
        await page.MustBeAccessible();
        await page.GetByLabel("Di chi vuole vedere i referti").SelectOptionAsync(new SelectOptionValue { Label = "Anna Ferraris" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Mostra", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Referti di Anna");
        await page.MustBeAccessible();
        await page.Picture("my-reports-phone");
        await page.GetByRole(AriaRole.Link, new() { Name = "Tampone molecolare" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Negativo");
        await page.MustBeAccessible();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));

        await page.GotoAsync("/ritiro/referti");
        await page.GetByRole(AriaRole.Button, new() { Name = "Esci" }).ClickAsync();
        await page.GotoAsync("/ritiro/referti");
        Assert.EndsWith("/ritiro", page.Url, StringComparison.Ordinal);
    }

    [InChromium]
    public async Task A_doctor_signs_in_with_her_digital_identity()
    {
        var code = FiscalCode.Compute("Bianchi", "Anna", Sex.Female, new(1975, 5, 4), "L219");
        await using var provider = await Provider.Start();
        await using var app = await PlatformApp.Start(Engine.Sqlite, Provider.Settings(provider.Address, ("Title", "SPID")));
        app.Listen();
        var id = await app.Send(new CreateAccount("medico", PlatformApp.Password, "Anna Bianchi", "anna@example.org", "it", As.Gp(RefertiApp.Gp).Assignments));
        await app.Send(new SetFiscalCode { AccountId = id, FiscalCode = code }, As.Administrator());

        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(Localhost(app));
        await page.GotoAsync("/patients");
        await page.MustBeAccessible();
        await page.GetByRole(AriaRole.Link, new() { Name = "Entra con SPID" }).ClickAsync();
        await Identify(page, code);
        await page.WaitForURLAsync("**/patients");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Assistiti");
    }

    private static async Task Identify(IPage page, string code)
    {
        await page.GetByLabel("Codice fiscale").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Entra", Exact = true }).ClickAsync();
    }

    // Another site than the provider's, which is 127.0.0.1.
    private static string Localhost(PlatformApp app) => app.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
}
