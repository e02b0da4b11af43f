using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Platform.Certificates.Hcert;
using Platform.QuickSwabs.Preregistrations;
using Platform.Tests.Certificates;
using Platform.Tests.Harness;
using Platform.UserManagement.Contracts;
using QRCoder;

namespace Platform.BrowserTests;

/// <summary>What is held before the camera is read: Chromium's own camera that is none shows a film made here.</summary>
public sealed class CameraTests : IDisposable
{
    private readonly string film = Path.Combine(Directory.CreateTempSubdirectory("film").FullName, "film.y4m");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(film)!, recursive: true);

    [InChromium]
    public async Task A_certificate_before_the_camera_is_checked()
    {
        using var keys = Keys.Usual();
        await using var app = await PlatformApp.Start(Engine.Sqlite, keys.Settings);
        app.Listen();
        Film(app.Services.GetRequiredService<IHcertSigner>().Sign(Payloads.Vaccination("Țîrlea", "Anna"), TestClock.Start.UtcDateTime).Hc1);
        await using var chromium = await Filmed();
        var page = await chromium.Window(app.Address);
        await page.GotoAsync("/verify-certificate");
        await page.Press("Inquadra con la fotocamera");
        await Assertions.Expect(page.Locator("[data-outcome=valid]")).ToContainTextAsync("Țîrlea");
    }

    [InChromium]
    public async Task The_square_of_who_registered_herself_is_read_at_the_desk()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        app.Listen();
        Film(await app.Send(new RegisterMyself { FiscalCode = "RSSMRA85M01L219R", FamilyName = "Rossi", GivenName = "Mario", BirthDate = new(1985, 8, 1), Address = "203.0.113.9" }));
        var desk = As.Pharmacy("FAR-001");
        await app.Send(new CreateAccount("farmacia", PlatformApp.Password, "Operatore di farmacia", "farmacia@example.org", "it", desk.Assignments));
        await using var chromium = await Filmed();
        var page = await chromium.Window(app.Address);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Nome utente o e-mail").FillAsync("farmacia");
        await page.GetByLabel("Password").FillAsync(PlatformApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.GotoAsync("/quick-swabs/scan");
        await page.Press("Usa la fotocamera");
        await page.WaitForURLAsync(url => url.Contains("/quick-swabs/new", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByLabel("Cognome")).ToHaveValueAsync("Rossi");
    }

    private Task<Chromium> Filmed() => Chromium.Start("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={film}");

    /// <summary>YUV4MPEG2: the code, black on white, for as long as it is looked at.</summary>
    private void Film(string text)
    {
        const int side = 720;
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var modules = code.ModuleMatrix;
        var pixels = side / modules.Count;
        var edge = (side - (pixels * modules.Count)) / 2;
        var light = new byte[side * side];
        Array.Fill(light, (byte)235);
        for (var y = 0; y < pixels * modules.Count; y++)
        {
            for (var x = 0; x < pixels * modules.Count; x++)
            {
                if (modules[y / pixels][x / pixels])
                    light[((edge + y) * side) + edge + x] = 16;
            }
        }

        var grey = new byte[side * side / 2];
        Array.Fill(grey, (byte)128);
        using var file = File.Create(film);
        file.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{side} H{side} F10:1 Ip A1:1 C420mpeg2\n"));
        for (var frame = 0; frame < 3; frame++)
        {
            file.Write("FRAME\n"u8);
            file.Write(light);
            file.Write(grey);
        }
    }
}
