using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Platform.Certificates.Hcert;
using Platform.Tests.Certificates;
using Platform.Tests.Harness;
using QRCoder;

namespace Platform.BrowserTests;

/// <summary>A certificate is checked from a picture of its code, which does not leave the browser.</summary>
public sealed class VerifyCertificateTests
{
    [InChromium]
    public async Task A_picture_of_the_code_is_read_by_the_browser_and_the_outcome_shown()
    {
        using var keys = Keys.Usual();
        await using var app = await PlatformApp.Start(Engine.Sqlite, keys.Settings);
        app.Listen();
        var text = app.Services.GetRequiredService<IHcertSigner>().Sign(Payloads.Vaccination("Țîrlea", "Anna"), TestClock.Start.UtcDateTime).Hc1;
        await using var chromium = await Chromium.Start();
        var page = await chromium.Window(app.Address);
        await page.GotoAsync("/verify-certificate");
        await page.Fits("verify-certificate");

        await page.GetByLabel("File con il codice").SetInputFilesAsync(Picture("HTTPS://EXAMPLE.ORG"));
        await Assertions.Expect(page.Locator("[data-said]")).ToContainTextAsync("non si vede nessun codice");

        var sent = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Method == "POST")
                sent.Add(request.PostData ?? "");
        };
        await page.GetByLabel("File con il codice").SetInputFilesAsync(Picture(text));
        await Assertions.Expect(page.Locator("[data-outcome=valid]")).ToContainTextAsync("Țîrlea");
        await page.Fits("verify-certificate-valid");
        Assert.DoesNotContain("PNG", Assert.Single(sent), StringComparison.Ordinal);
        Assert.DoesNotContain("HC1", page.Url, StringComparison.Ordinal);
    }

    private static FilePayload Picture(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        using var png = new PngByteQRCode(code);
        return new() { Name = "code.png", MimeType = "image/png", Buffer = png.GetGraphic(4) };
    }
}
