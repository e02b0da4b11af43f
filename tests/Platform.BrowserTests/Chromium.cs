using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Platform.BrowserTests;

/// <summary>A theory or fact that needs Chromium: skipped by name where it is not installed, except with
/// <c>CI=true</c>, where its absence fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InChromiumAttribute : FactAttribute
{
    public InChromiumAttribute(
        [System.Runtime.CompilerServices.CallerFilePath] string? file = null,
        [System.Runtime.CompilerServices.CallerLineNumber] int line = 0)
        : base(file, line)
    {
        if (Chromium.Path is null && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "Chromium is not installed (PLATFORM_TEST_CHROMIUM may name it)";
    }
}

/// <summary>The installed Chromium, driven by Playwright.</summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>Playwright's own browser is not used: the distribution's is.</summary>
    public static readonly string? Path = new[]
    {
        Environment.GetEnvironmentVariable("PLATFORM_TEST_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    }.FirstOrDefault(File.Exists);

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        (this.playwright, this.browser) = (playwright, browser);
    }

    /// <param name="more">Switches beyond the usual.</param>
    public static async Task<Chromium> Start(params string[] more)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path ?? throw new InvalidOperationException("Chromium is needed and is not installed."),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--lang=it-IT", .. more],
        });
        return new(playwright, browser);
    }

    /// <summary>A window of somebody with cookies of her own.</summary>
    public async Task<IPage> Window(string address, int width = 1280, int height = 900, bool script = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address, Locale = "it-IT", ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = script,
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>What every page that a journey visits must hold to.</summary>
public static class PageRules
{
    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    };

    /// <summary>No violation of WCAG 2.1 A and AA that a machine can see.</summary>
    public static async Task MustBeAccessible(this IPage page)
    {
        var result = await page.RunAxe(Wcag);
        Assert.NotEmpty(result.Passes);
        Assert.True(result.Violations.Length == 0, page.Url + ": " + string.Join(Environment.NewLine,
            result.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
    }

    /// <summary>As a telephone or computer that makes passkeys and proves them.</summary>
    public static async Task HasAuthenticator(this IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = JsonSerializer.SerializeToElement(new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            }),
        });
    }

    /// <summary>Takes the picture for the documentation when <c>PLATFORM_UPDATE_IMAGES=1</c>.</summary>
    public static async Task Picture(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PLATFORM_UPDATE_IMAGES") == "1")
            await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(Root(), "docs", "images", name + ".png"), FullPage = true });
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Platform.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The checkout's root was not found.");
    }
}
