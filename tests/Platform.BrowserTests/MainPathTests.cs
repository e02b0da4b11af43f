using Microsoft.Playwright;
using Platform.Tests.Harness;

namespace Platform.BrowserTests;

/// <summary>The platform's main job, as its users do it in a browser: from a swab request to a report that everyone
/// entitled sees. Every page on the way must be accessible.</summary>
public sealed class MainPathTests
{
    private const string Password = "Piemonte-2021";

    [InChromium]
    public async Task A_positive_goes_from_the_doctors_request_to_the_inboxes_and_its_correction_and_annulment_follow()
    {
        await using var app = await Demo();
        await using var chromium = await Chromium.Start();
        var (doctor, hotspot, lab, sisp) = (await Someone(chromium, app, "medico"), await Someone(chromium, app, "hotspot"),
            await Someone(chromium, app, "laboratorio"), await Someone(chromium, app, "sisp"));

        await doctor.MustBeAccessible();
        await doctor.Picture("home-doctor");
        await RequestSwab(doctor, "Rossi", pictures: true);
        var accession = await TakeAndSend(app, hotspot, "Rossi", pictures: true);
        await Receive(app, lab, accession, pictures: true);
        await Release(app, lab, accession, "Positivo", pictures: true);

        await InboxSays(doctor, "Rossi", "inbox-doctor");
        await InboxSays(sisp, "Rossi");
        await doctor.GotoAsync("/");
        await doctor.MustBeAccessible();
        await doctor.Picture("home-doctor-positive");

        await OpenReport(doctor, "Rossi");
        await doctor.MustBeAccessible();
        await doctor.Picture("report");
        await VerificationSays(doctor, chromium, app, "Autentico");

        await OpenReport(lab, "Rossi");
        await lab.GetByRole(AriaRole.Link, new() { Name = "Correggi" }).ClickAsync();
        await lab.GetByLabel("Negativo").CheckAsync();
        await lab.GetByLabel("Motivo della correzione").FillAsync("Scambio di provette in laboratorio");
        await lab.MustBeAccessible();
        await lab.Picture("correct-report");
        await Confirm(lab, "Rilascia la correzione");
        await app.Drain();
        await InboxSays(doctor, "corre", "inbox-correction");
        await OpenReport(doctor, "Rossi");
        Assert.Equal(2, await doctor.Locator("table.list").First.Locator("tbody tr").CountAsync());
        await doctor.Picture("report-corrected");

        await OpenReport(lab, "Rossi");
        await lab.GetByRole(AriaRole.Link, new() { Name = "Annulla il referto" }).ClickAsync();
        await lab.GetByLabel("Motivo per cui si annulla").FillAsync("Campione di un'altra persona");
        await lab.MustBeAccessible();
        await Confirm(lab, "Annulla il referto");
        await app.Drain();
        await InboxSays(doctor, "annulla");
        await OpenReport(doctor, "Rossi");
        Assert.Equal(3, await doctor.Locator("table.list").First.Locator("tbody tr").CountAsync());
        await doctor.Picture("report-annulled");
        await lab.GotoAsync("/referti/enter");
        await Assertions.Expect(lab.GetByText(accession)).ToBeVisibleAsync();
    }

    [InChromium]
    public async Task A_negative_closes_the_request_and_stands_below_the_positives()
    {
        await using var app = await Demo();
        await using var chromium = await Chromium.Start();
        var (doctor, hotspot, lab) = (await Someone(chromium, app, "medico"), await Someone(chromium, app, "hotspot"), await Someone(chromium, app, "laboratorio"));
        foreach (var (person, result) in new[] { ("Ferrero", "Positivo"), ("De Luca", "Negativo") })
        {
            await RequestSwab(doctor, person);
            var accession = await TakeAndSend(app, hotspot, person);
            await Receive(app, lab, accession);
            await Release(app, lab, accession, result);
        }

        await doctor.GotoAsync("/inbox");
        var inbox = await doctor.Locator("main").InnerTextAsync();
        Assert.True(inbox.IndexOf("Ferrero", StringComparison.Ordinal) < inbox.IndexOf("De Luca", StringComparison.Ordinal),
            "The positive must stand above the newer negative: " + inbox);
        await doctor.GotoAsync("/testing/requests");
        await doctor.MustBeAccessible();
        await doctor.Picture("requests");
        await Assertions.Expect(doctor.GetByRole(AriaRole.Row).Filter(new() { HasText = "De Luca" })).ToContainTextAsync("Refertato");
    }

    [InChromium]
    public async Task The_main_pages_fit_a_phone_and_read_in_English()
    {
        await using var app = await Demo();
        await using var chromium = await Chromium.Start();
        var phone = await Someone(chromium, app, "medico", width: 390);
        await phone.Context.AddCookiesAsync([new() { Name = ".AspNetCore.Culture", Value = Uri.EscapeDataString("c=en-GB|uic=en-GB"), Url = app.Address }]);
        foreach (var path in new[] { "/", "/patients?Q=Rossi", "/patients/new", "/testing/requests", "/referti", "/inbox", "/account" })
        {
            var answer = await phone.GotoAsync(path);
            Assert.Equal(200, answer!.Status);
            Assert.Equal("en", (await phone.Locator("html").GetAttributeAsync("lang"))![..2]);
            await phone.MustBeAccessible();
            var wide = await phone.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(wide <= 0, $"{path} is {wide} pixels too wide for a phone.");
        }

        await phone.GotoAsync("/");
        await phone.Picture("home-phone-english");
    }

    private static async Task<PlatformApp> Demo()
    {
        var app = await PlatformApp.Start(Engine.Sqlite, ("Demo:Enabled", "true"), ("Demo:People", "60"));
        app.Listen();
        return app;
    }

    private static async Task<IPage> Someone(Chromium chromium, PlatformApp app, string userName, int width = 1280)
    {
        var page = await chromium.Window(app.Address, width);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Nome utente o e-mail").FillAsync(userName);
        await page.GetByLabel("Password").FillAsync(Password);
        if (userName == "medico")
            await page.Picture("sign-in");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Accedi", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }

    private static async Task RequestSwab(IPage doctor, string person, bool pictures = false)
    {
        await doctor.GotoAsync("/patients?Q=" + Uri.EscapeDataString(person));
        if (pictures)
        {
            await doctor.MustBeAccessible();
            await doctor.Picture("patients");
        }

        await doctor.Locator("table.list a").Filter(new() { HasText = person }).First.ClickAsync();
        if (pictures)
        {
            await doctor.MustBeAccessible();
            await doctor.Picture("patient");
        }

        await doctor.GetByRole(AriaRole.Link, new() { Name = "Richiedi un tampone" }).ClickAsync();
        await doctor.GetByLabel("Motivo").SelectOptionAsync(new SelectOptionValue { Label = "Sintomi" });
        await doctor.GetByLabel("Inizio dei sintomi").FillAsync("2021-11-13");
        await doctor.GetByLabel("Febbre").CheckAsync();
        await doctor.GetByLabel("Hotspot").SelectOptionAsync(new SelectOptionValue { Value = "HS-001" });
        await doctor.GetByRole(AriaRole.Button, new() { Name = "Mostra gli orari" }).ClickAsync();
        await doctor.GetByLabel("Orario").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        if (pictures)
        {
            await doctor.MustBeAccessible();
            await doctor.Picture("request-swab");
        }

        await doctor.GetByRole(AriaRole.Button, new() { Name = "Richiedi", Exact = true }).ClickAsync();
        await Assertions.Expect(doctor.Locator("main")).ToContainTextAsync("Prenotato");
        if (pictures)
        {
            await doctor.MustBeAccessible();
            await doctor.Picture("swab-request");
        }
    }

    /// <returns>The accession number on the tube.</returns>
    private static async Task<string> TakeAndSend(PlatformApp app, IPage hotspot, string person, bool pictures = false)
    {
        await app.Drain();
        await hotspot.GotoAsync("/testing/hotspot");
        if (pictures)
        {
            await hotspot.MustBeAccessible();
            await hotspot.Picture("hotspot-day");
        }

        await hotspot.GetByLabel("Tessera sanitaria, QR, nome o campione").FillAsync(person);
        await hotspot.Keyboard.PressAsync("Enter");
        await hotspot.GetByRole(AriaRole.Button, new() { Name = "Preleva" }).ClickAsync();
        var said = await hotspot.Locator("main").InnerTextAsync();
        var accession = System.Text.RegularExpressions.Regex.Match(said, @"\b[A-Z]{2}\d{8,10}[A-Z]\b").Value;
        Assert.NotEmpty(accession);
        var label = await hotspot.GetByRole(AriaRole.Link, new() { Name = "Stampa l'etichetta" }).First.GetAttributeAsync("href");
        var pdf = await hotspot.Context.APIRequest.GetAsync(app.Address + label);
        Assert.Equal("application/pdf", pdf.Headers["content-type"]);

        await hotspot.GotoAsync("/testing/hotspot/dispatch");
        if (pictures)
        {
            await hotspot.MustBeAccessible();
            await hotspot.Picture("dispatch");
        }

        await hotspot.GetByRole(AriaRole.Button, new() { Name = "Spedisci" }).First.ClickAsync();
        return accession;
    }

    private static async Task Receive(PlatformApp app, IPage lab, string accession, bool pictures = false)
    {
        await app.Drain();
        await lab.GotoAsync("/testing/lab/reception");
        // A scanner types into the field that has the focus and ends with Enter; it waits for nothing, and a refusal must not swallow
        // the next tube.
        await Assertions.Expect(lab.Locator("form[data-scan-ready]")).ToHaveCountAsync(1);
        foreach (var scan in new[] { "XX1", accession, accession })
        {
            await lab.Keyboard.TypeAsync(scan);
            await lab.Keyboard.PressAsync("Enter");
        }

        var scans = lab.GetByRole(AriaRole.Log).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(scans).ToHaveTextAsync([
            $"Il campione {accession} era già stato ricevuto.", $"Campione {accession} ricevuto.", "Il codice XX1 non è un numero di campione: lo legga di nuovo."]);
        await lab.ReloadAsync();
        await Assertions.Expect(lab.Locator("table")).ToContainTextAsync(accession);
        if (pictures)
        {
            await lab.MustBeAccessible();
            await lab.Picture("lab-reception");
        }
    }

    private static async Task Release(PlatformApp app, IPage lab, string accession, string result, bool pictures = false)
    {
        await lab.GotoAsync("/referti/enter");
        await lab.GetByRole(AriaRole.Link, new() { Name = accession }).ClickAsync();
        await lab.GetByLabel(result, new() { Exact = true }).CheckAsync();
        if (pictures)
        {
            await lab.MustBeAccessible();
            await lab.Picture("enter-result");
        }

        await lab.GetByRole(AriaRole.Button, new() { Name = "Continua" }).ClickAsync();
        await lab.MustBeAccessible();
        if (pictures)
            await lab.Picture("release-result");
        await lab.GetByRole(AriaRole.Button, new() { Name = "Rilascia il referto" }).ClickAsync();
        await lab.WaitForURLAsync(url => !url.Contains("handler=", StringComparison.OrdinalIgnoreCase));
        await app.Drain();
    }

    private static async Task InboxSays(IPage page, string text, string? picture = null)
    {
        await page.GotoAsync("/inbox");
        await page.MustBeAccessible();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(text, new() { IgnoreCase = true });
        if (picture is not null)
            await page.Picture(picture);
    }

    private static async Task OpenReport(IPage page, string person)
    {
        await page.GotoAsync("/referti");
        await page.MustBeAccessible();
        await page.Locator("table.list a").Filter(new() { HasText = person }).First.ClickAsync();
        await page.WaitForURLAsync("**/referti/*-*");
    }

    /// <summary>The PDF is there, and the address in its QR tells a stranger that it is authentic, and not the result.</summary>
    private static async Task VerificationSays(IPage reader, Chromium chromium, PlatformApp app, string word)
    {
        var href = await reader.GetByRole(AriaRole.Link, new() { Name = "Scarica il PDF" }).GetAttributeAsync("href");
        var pdf = await reader.Context.APIRequest.GetAsync(app.Address + href);
        Assert.Equal("%PDF-"u8.ToArray(), (await pdf.BodyAsync())[..5]);
        var code = await app.Db<Platform.Referti.RefertiDb, string>(db => Task.FromResult(db.Versions.Select(v => v.VerificationCode).Single()));
        var stranger = await chromium.Window(app.Address, 390);
        await stranger.GotoAsync("/verify/" + code);
        await stranger.MustBeAccessible();
        await stranger.Picture("verify-phone");
        var said = await stranger.Locator("main").InnerTextAsync();
        Assert.Contains(word, said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Rossi", said, StringComparison.Ordinal);
        Assert.DoesNotContain("positiv", said, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task Confirm(IPage page, string button)
    {
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        // The page asks once more in a dialog of its own.
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button).Last.ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/correct", StringComparison.Ordinal) && !url.EndsWith("/annul", StringComparison.Ordinal));
    }
}
