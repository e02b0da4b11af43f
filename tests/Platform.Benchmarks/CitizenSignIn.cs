using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks;

/// <summary>A citizen comes in through the provider of the tests, a process of its own.</summary>
internal sealed partial class CitizenSignIn : IDisposable
{
    private readonly Process provider;

    private CitizenSignIn(Process provider) => this.provider = provider;

    /// <summary>Before the host starts: it reads where the provider is from the environment.</summary>
    public static CitizenSignIn Start()
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(PlatformHost.Root(), "tests", "IdentityProvider", "bin", configuration, "net10.0", "IdentityProvider.dll"), "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match)
                continue;
            foreach (var (key, value) in new[] { ("Name", "prova"), ("Title", "Prova"), ("Issuer", match.Groups[1].Value), ("ClientId", "platform"), ("ClientSecret", "a secret of the tests") })
                Environment.SetEnvironmentVariable($"ExternalSignIn__Providers__0__{key}", value);
            return new(process);
        }

        throw new InvalidOperationException("The provider of identities did not start: build tests/IdentityProvider.");
    }

    public static async Task<HttpClient> As(PlatformHost host, string fiscalCode)
    {
        // Cookies know no ports: the provider is 127.0.0.1, the platform localhost.
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new(host.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)), Timeout = TimeSpan.FromMinutes(10) };
        var asked = await http.GetAsync("/sign-in/external/prova?use=referti");
        var answered = await Send(http, asked, ("fiscal", fiscalCode), ("level", "2"));
        var inside = await Send(http, answered);
        return inside.RequestMessage!.RequestUri!.AbsolutePath == "/ritiro/referti" ? http : throw new InvalidOperationException("The citizen was not let in.");
    }

    public void Dispose()
    {
        provider.Kill();
        provider.Dispose();
    }

    // The one form of the page, with what its hidden fields say.
    private static async Task<HttpResponseMessage> Send(HttpClient http, HttpResponseMessage page, params (string Key, string Value)[] typed)
    {
        var html = await page.Content.ReadAsStringAsync();
        var fields = Hidden().Matches(html).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        foreach (var (key, value) in typed)
            fields[key] = value;
        using var content = new FormUrlEncodedContent(fields);
        return await http.PostAsync(new Uri(page.RequestMessage!.RequestUri!, WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value)), content);
    }

    [GeneratedRegex("Now listening on: (\\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex("<input type=\"?hidden\"? name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<form[^>]*action=\"([^\"]*)\"")]
    private static partial Regex Action();
}
