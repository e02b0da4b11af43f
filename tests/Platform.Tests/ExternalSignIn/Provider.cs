using System.Globalization;
using System.Net;
using Platform.Tests.Harness;

namespace Platform.Tests.ExternalSignIn;

/// <summary>The provider of identities (tests/IdentityProvider) with the clock of the tests, and people who go through it in a browser.</summary>
internal static class Provider
{
    public const string Secret = "a secret of the tests";

    public static Task<SecondProcess> Start(params string[] options) =>
        SecondProcess.Start("IdentityProvider", ["--now", TestClock.Start.ToString("o", CultureInfo.InvariantCulture), .. options]);

    /// <summary>How an installation describes it.</summary>
    public static (string, string)[] Settings(string address, params (string Key, string Value)[] more) =>
    [
        .. new (string Key, string Value)[] { ("Name", "prova"), ("Title", "identità di prova"), ("Issuer", address), ("ClientId", "platform"), ("ClientSecret", Secret) }
            .Where(s => more.All(m => m.Key != s.Key)).Concat(more).Where(s => s.Value.Length > 0).Select(s => ($"ExternalSignIn:Providers:0:{s.Key}", s.Value)),
    ];

    /// <summary>Somebody whose browser goes from one house to the other.</summary>
    public static Visitor Browser(this PlatformApp app, CookieContainer? cookies = null)
    {
        if (app.Address.Length == 0)
            app.Listen();
        // Cookies know no ports: the provider is 127.0.0.1, the platform localhost.
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer() }) { BaseAddress = new(app.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)) };
        http.DefaultRequestHeaders.AcceptLanguage.Add(new("it"));
        return new(http);
    }

    /// <summary>Presses the button of the page, says at the provider who she is, and comes back.</summary>
    public static async Task<Screen> Identify(this Visitor visitor, string page, string fiscalCode, string fault = "", string level = "2") =>
        await visitor.ComeBack(await visitor.GoTo(page), fiscalCode, fault, level);

    public static async Task<Screen> GoTo(this Visitor visitor, string page)
    {
        var asked = await visitor.Open((await visitor.Open(page)).Link("Entra con"));
        Assert.Contains("Identità di prova", asked.Text, StringComparison.Ordinal);
        return asked;
    }

    public static async Task<Screen> ComeBack(this Visitor visitor, Screen asked, string fiscalCode, string fault = "", string level = "2")
    {
        var answered = await visitor.Submit(asked, "Entra", ("Codice fiscale", fiscalCode), ("Livello", level), ("Difetto", fault));
        return answered.HasButton("Continua") ? await visitor.Submit(answered, "Continua") : answered;
    }
}
