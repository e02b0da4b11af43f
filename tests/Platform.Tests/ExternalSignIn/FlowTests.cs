using System.Net;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Tests.Harness;

namespace Platform.Tests.ExternalSignIn;

/// <summary>The provider is a second process that speaks the real protocol; the entrance is that of the citizens.</summary>
public sealed class FlowTests(FlowTests.OneProvider one) : IClassFixture<FlowTests.OneProvider>
{
    /// <summary>A valid code, of nobody in the registry.</summary>
    private static readonly string Somebody = FiscalCode.Compute("Rossi", "Mario", Sex.Male, new(1980, 3, 12), "L219");

    [Theory, OnEachEngine]
    public async Task Whoever_the_provider_identifies_comes_in(Engine engine)
    {
        await using var app = await Start(engine);
        var citizen = app.Browser();
        var page = await citizen.Identify("/ritiro", Somebody);
        Assert.Equal((HttpStatusCode.OK, "/ritiro/referti"), (page.Status, page.Address));
        Assert.Contains("Nessun referto da mostrare", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong-key", "non è valida")]
    [InlineData("unknown-key", "non è valida")]
    [InlineData("unsigned", "non è valida")]
    [InlineData("shared-secret", "non è valida")]
    [InlineData("wrong-issuer", "non è valida")]
    [InlineData("wrong-audience", "non è valida")]
    [InlineData("other-party", "non è valida")]
    [InlineData("wrong-nonce", "non è valida")]
    [InlineData("expired", "non è valida")]
    [InlineData("of-yesterday", "non è valida")]
    [InlineData("of-tomorrow", "non è valida")]
    [InlineData("wrong-access-hash", "non è valida")]
    [InlineData("other-issuer", "non è valida")]
    [InlineData("no-level", "livello più alto")]
    [InlineData("unknown-level", "livello più alto")]
    [InlineData("no-fiscal-number", "codice fiscale italiano")]
    [InlineData("foreign-fiscal-number", "codice fiscale italiano")]
    [InlineData("wrong-fiscal-number", "codice fiscale italiano")]
    [InlineData("userinfo-of-another", "non è valida")]
    [InlineData("other-state", "è scaduto")]
    [InlineData("used-code", "non ha concluso")]
    [InlineData("broken", "non risponde")]
    [InlineData("garbage", "non risponde")]
    [InlineData("server_error", "non risponde")]
    [InlineData("invalid_scope", "non ha concluso")]
    public async Task What_cannot_be_believed_is_refused_and_one_may_begin_again(string fault, string said)
    {
        await using var app = await Start(Engine.Sqlite);
        var citizen = app.Browser();
        var refused = await citizen.Identify("/ritiro", Somebody, fault);
        Assert.Contains(said, refused.Text, StringComparison.Ordinal);
        Assert.NotNull(refused.Page.QuerySelector("[data-sign-in-problem]"));
        Assert.Equal("/sign-in/external/done", refused.Address);
        Assert.Equal("/ritiro", (await citizen.Open("/ritiro/referti")).Address);

        var again = fault == "other-state" ? "/sign-in/external/prova?use=referti" : refused.Link("Riprova");
        Assert.Equal("/ritiro/referti", (await citizen.ComeBack(await citizen.Open(again), Somebody)).Address);
    }

    [Theory]
    [InlineData("userinfo")]
    [InlineData("userinfo-signed")]
    public async Task The_fiscal_code_may_come_from_userinfo(string way)
    {
        await using var app = await Start(Engine.Sqlite);
        Assert.Equal("/ritiro/referti", (await app.Browser().Identify("/ritiro", Somebody, way)).Address);
    }

    [Theory]
    [InlineData("1", "L2", false)]
    [InlineData("2", "L2", true)]
    [InlineData("2", "L3", false)]
    [InlineData("3", "L3", true)]
    public async Task Each_use_has_its_least_level(string level, string least, bool comesIn)
    {
        await using var app = await Start(Engine.Sqlite, ("Referti:ExternalSignInLevel", least));
        var page = await app.Browser().Identify("/ritiro", Somebody, level: level);
        Assert.Equal(comesIn, page.Address == "/ritiro/referti");
    }

    [Fact]
    public async Task A_code_serves_once_and_only_in_the_browser_that_began()
    {
        await using var app = await Start(Engine.Sqlite);
        var (citizen, thief) = (app.Browser(), app.Browser());
        var form = await Answered(citizen);
        // Stolen on its way, in another browser that has begun something of its own.
        await thief.GoTo("/ritiro");
        Assert.Contains("è scaduto", (await Post(thief, form)).Text, StringComparison.Ordinal);
        // Injected into the thief's own sign-in, it is redeemed by nobody: the verifier is not hers.
        var (own, other) = (await Answered(thief), await Answered(citizen));
        Assert.Contains("non ha concluso", (await Post(thief, [own.First(f => f.Key == "state"), other.First(f => f.Key == "code")])).Text, StringComparison.Ordinal);

        Assert.Equal("/ritiro/referti", (await Post(citizen, form)).Address);
        Assert.Contains("è scaduto", (await Post(citizen, form)).Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Contains("è scaduto", (await Post(thief, await Answered(thief, late: app))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_windows_may_be_on_their_way_at_once_and_who_cancels_is_told_so()
    {
        await using var app = await Start(Engine.Sqlite);
        var citizen = app.Browser();
        var (first, second) = (await citizen.GoTo("/ritiro"), await citizen.GoTo("/ritiro"));
        var cancelled = await citizen.Submit(await citizen.Submit(second, "Annulla"), "Continua");
        Assert.Equal(HttpStatusCode.OK, cancelled.Status);
        Assert.Contains("Ha annullato l’accesso", cancelled.Text, StringComparison.Ordinal);
        Assert.Equal("/ritiro", cancelled.Link("Altri modi"));
        Assert.Equal("/ritiro/referti", (await citizen.ComeBack(first, Somebody)).Address);
    }

    [Fact]
    public async Task New_keys_are_fetched_when_a_token_is_signed_with_one()
    {
        await using var provider = await Provider.Start();
        await using var app = await PlatformApp.Start(Engine.Sqlite, Provider.Settings(provider.Address));
        Assert.Equal("/ritiro/referti", (await app.Browser().Identify("/ritiro", Somebody)).Address);
        using var http = new HttpClient();
        await http.PostAsync(provider.Address + "/rotate", null);
        // Asked in vain a moment ago, it is left alone for a little while.
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("/ritiro/referti", (await app.Browser().Identify("/ritiro", Somebody)).Address);
    }

    [Fact]
    public async Task A_provider_that_asks_for_it_is_shown_a_statement_signed_with_our_key()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var (own, shared) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(own, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(shared, key.ExportSubjectPublicKeyInfoPem());
        await using var provider = await Provider.Start("--client-key", shared, "--signed-request", "true");
        await using var app = await PlatformApp.Start(Engine.Sqlite, Provider.Settings(provider.Address, ("ClientSecret", ""), ("KeyFile", own), ("KeyId", "key-1"), ("SignedRequest", "true"), ("ResponseMode", "query")));
        var citizen = app.Browser();
        var page = await citizen.Identify("/ritiro", Somebody);
        Assert.Equal("/ritiro/referti", page.Address);
        var keys = await citizen.Http.GetStringAsync("/sign-in/external/keys");
        Assert.Contains("\"kid\":\"key-1\"", keys, StringComparison.Ordinal);
        Assert.DoesNotContain("\"d\":", keys, StringComparison.Ordinal);
        File.Delete(own);
        File.Delete(shared);
    }

    [Fact]
    public async Task A_provider_that_is_down_or_slow_is_a_page_and_not_a_failure()
    {
        await using var slow = await Provider.Start("--slow", "20");
        await using var down = await Provider.Start();
        await down.Stop();
        foreach (var address in new[] { slow.Address, down.Address })
        {
            await using var app = await PlatformApp.Start(Engine.Sqlite, Provider.Settings(address, ("TimeoutSeconds", "0.5")));
            var citizen = app.Browser();
            var page = await citizen.Open((await citizen.Open("/ritiro")).Link("Entra con"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
            Assert.Contains("non risponde", page.Text, StringComparison.Ordinal);
            Assert.Equal("/sign-in/external/prova?use=referti", page.Link("Riprova"));
            Assert.Equal("/ritiro", page.Link("Altri modi"));
        }
    }

    [Fact]
    public async Task A_provider_that_falls_between_the_two_steps_is_a_page_too()
    {
        await using var provider = await Provider.Start();
        await using var app = await PlatformApp.Start(Engine.Sqlite, Provider.Settings(provider.Address));
        var citizen = app.Browser();
        var form = await Answered(citizen);
        await provider.Stop();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Post(citizen, form)).Status);
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_button_and_nonsense_is_no_failure()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var citizen = app.Browser();
        Assert.DoesNotContain("Entra con", (await citizen.Open("/ritiro")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Open("/sign-in/external/prova?use=referti")).Status);
        foreach (var path in new[] { "/sign-in/external/done", "/sign-in/external/callback", "/sign-in/external/callback?state=x&code=%00&error=<script>" })
            Assert.Contains("è scaduto", (await citizen.Open(path)).Text, StringComparison.Ordinal);
        foreach (var kind in new[] { "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "application/json" })
        {
            using var nonsense = new StringContent("--x\r\n" + string.Join('&', Enumerable.Range(0, 2000).Select(i => $"state{i}=%")));
            nonsense.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(kind);
            Assert.True((await citizen.Http.PostAsync("/sign-in/external/callback", nonsense)).StatusCode < HttpStatusCode.InternalServerError, kind);
        }
    }

    [Theory]
    [InlineData("Issuer", "http://login.example.org")]
    [InlineData("Name", "CIE id")]
    [InlineData("ClientSecret", "")]
    [InlineData("KeyFile", "/nowhere/key.pem")]
    [InlineData("SignedRequest", "true")]
    public async Task What_is_configured_wrongly_is_told_at_the_start(string key, string value)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, Provider.Settings("https://login.example.org", (key, value)));
        var failure = Assert.Throws<InvalidOperationException>(() => app.Visitor());
        Assert.StartsWith("ExternalSignIn:Providers:0:", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>No code, token, state or fiscal code: neither in the log nor in the address of a page of ours.</summary>
    [Fact]
    public async Task Nothing_secret_is_logged()
    {
        await using var app = await Start(Engine.Sqlite);
        var citizen = app.Browser();
        var form = await Answered(citizen);
        Assert.DoesNotContain('?', (await Post(citizen, form)).Address);
        await citizen.Identify("/ritiro", Somebody, "wrong-nonce");
        Assert.Contains(app.Log, l => l.Contains("token-of-another-nonce", StringComparison.Ordinal));
        foreach (var secret in form.Select(f => f.Value).Append(Provider.Secret).Append(Somebody))
            Assert.DoesNotContain(app.Log, l => l.Contains(secret, StringComparison.Ordinal));
    }

    private Task<PlatformApp> Start(Engine engine, params (string, string)[] settings) =>
        PlatformApp.Start(engine, [.. Provider.Settings(one.Process.Address), .. settings]);

    /// <summary>The form with which the provider would send her back.</summary>
    private static async Task<List<KeyValuePair<string, string>>> Answered(Visitor citizen, PlatformApp? late = null)
    {
        var asked = await citizen.GoTo("/ritiro");
        late?.Clock.Advance(TimeSpan.FromMinutes(16));
        var answered = await citizen.Submit(asked, "Entra", ("Codice fiscale", Somebody));
        return [.. answered.Page.QuerySelectorAll("input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!))];
    }

    private static async Task<Screen> Post(Visitor citizen, List<KeyValuePair<string, string>> form)
    {
        using var content = new FormUrlEncodedContent(form);
        var answer = await citizen.Http.PostAsync("/sign-in/external/callback", content);
        return new(answer.StatusCode, answer.RequestMessage!.RequestUri!.PathAndQuery, new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()));
    }

    public sealed class OneProvider : IAsyncLifetime
    {
        internal SecondProcess Process { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Process = await Provider.Start();

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
