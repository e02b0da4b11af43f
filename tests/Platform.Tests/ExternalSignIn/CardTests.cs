using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Tests.Harness;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.ExternalSignIn;
using Platform.UserManagement.SecondFactor;

namespace Platform.Tests.ExternalSignIn;

/// <summary>With the card in the reader: an authority of the tests issues real certificates.</summary>
public sealed class CardTests
{
    private static readonly string Code = FiscalCode.Compute("Bianchi", "Anna", Sex.Female, new(1975, 5, 4), "L219");

    [Theory, OnEachEngine]
    public async Task Whoever_has_her_card_in_the_reader_comes_in_at_the_highest_level(Engine engine)
    {
        using var office = new CardOffice();
        office.List = office.SignedList();
        await using var app = await PlatformApp.Start(engine, [.. office.Settings, ("Referti:ExternalSignInLevel", "L3"), (SecondFactorRule.Setting, "Compulsory")]);
        foreach (var asNginx in new[] { true, false })
        {
            var proxy = new CardProxy { Card = office.Card(Code), AsNginx = asNginx };
            Assert.Equal("/ritiro/referti", (await Enter(app, "/ritiro", proxy)).Address);
        }

        // Who works here: her account bears her codice fiscale.
        var id = await app.Send(new CreateAccount("medico", PlatformApp.Password, "Anna Bianchi", "medico@example.org", "it", As.Gp("990007").Assignments));
        Assert.Contains("Con questa identità non si entra", (await Enter(app, "/sign-in", new() { Card = office.Card(Code) })).Text, StringComparison.Ordinal);
        await app.Send(new SetFiscalCode { AccountId = id, FiscalCode = Code }, As.Administrator());
        Assert.Equal("/account", (await Enter(app, "/sign-in?returnUrl=%2Faccount", new() { Card = office.Card(Code, "serial-number") })).Address);
    }

    [Theory]
    [InlineData("", "Nessuna carta")]
    [InlineData("expired", "scaduta")]
    [InlineData("of-tomorrow", "scaduta")]
    [InlineData("weak-key", "non è più abbastanza sicura")]
    [InlineData("self-signed", "enti accreditati")]
    [InlineData("other-authority", "enti accreditati")]
    [InlineData("authority-of-the-same-name", "enti accreditati")]
    [InlineData("for-signing", "quello di firma")]
    [InlineData("no-use", "quello di firma")]
    [InlineData("other-use", "quello di firma")]
    [InlineData("no-policy", "quello di firma")]
    [InlineData("other-policy", "quello di firma")]
    [InlineData("no-code", "quello di firma")]
    [InlineData("wrong-code", "quello di firma")]
    [InlineData("two-codes", "quello di firma")]
    [InlineData("authority-itself", "quello di firma", "enti accreditati")]
    [InlineData("revoked", "revocata")]
    [InlineData("no-list", "non si può controllare")]
    [InlineData("list-unreachable", "non si può controllare")]
    [InlineData("list-of-yesterday", "non si può controllare")]
    [InlineData("list-of-next-week", "non si può controllare")]
    [InlineData("list-of-another", "non si può controllare")]
    [InlineData("list-forged", "non si può controllare")]
    [InlineData("list-no-list", "non si può controllare")]
    public async Task A_card_that_cannot_be_believed_is_refused_with_what_to_do(string fault, string said, string? orSaid = null)
    {
        using var office = new CardOffice();
        using var other = new CardOffice(fault == "authority-of-the-same-name" ? office.Authority.Subject : "CN=Altra, C=IT");
        var card = fault switch
        {
            "" => null,
            "other-authority" or "authority-of-the-same-name" => other.Card(Code),
            "authority-itself" => office.Authority,
            _ => office.Card(Code, fault),
        };
        if (fault == "revoked")
            office.Revoke(card!);
        office.List = fault switch
        {
            "list-unreachable" => null,
            "list-of-yesterday" => office.SignedList(until: TestClock.Start),
            "list-of-next-week" => office.SignedList(until: TestClock.Start.AddDays(9), from: TestClock.Start.AddDays(7)),
            "list-of-another" => office.SignedList(by: other),
            "list-forged" => Forged(office.SignedList()),
            "list-no-list" => [0x30, 0x80, 1, 2, 3],
            _ => office.SignedList(),
        };
        await using var app = await PlatformApp.Start(Engine.Sqlite, office.Settings);
        var proxy = new CardProxy { Card = card, AsNginx = true };
        var citizen = app.Visitor(new CookieContainer(), proxy);
        var refused = await citizen.Open((await citizen.Open("/ritiro")).Link("Entra con"));
        Assert.True(refused.Text.Contains(said, StringComparison.Ordinal) || (orSaid is not null && refused.Text.Contains(orSaid, StringComparison.Ordinal)), refused.Text);
        Assert.Equal(said.StartsWith("non si può", StringComparison.Ordinal) ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("/ritiro", (await citizen.Open("/ritiro/referti")).Address);
        Assert.Equal("/ritiro", refused.Link("Altri modi"));
        Assert.Contains(app.Log, l => l.Contains("External sign-in with cns at referti: card-", StringComparison.Ordinal));

        // With another card in the reader she goes on from there.
        office.List = office.SignedList();
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        proxy.Card = office.Card(Code);
        Assert.Equal("/ritiro/referti", (await citizen.Open(refused.Link("Riprova"))).Address);
    }

    [Fact]
    public async Task While_nobody_can_say_the_installation_may_let_cards_in_but_no_revoked_one()
    {
        using var office = new CardOffice();
        var (good, bad) = (office.Card(Code), office.Card(Code));
        office.Revoke(bad);
        await using var app = await PlatformApp.Start(Engine.Sqlite, [.. office.Settings, ("ExternalSignIn:Card:AcceptUnchecked", "true")]);
        Assert.Equal("/ritiro/referti", (await Enter(app, "/ritiro", new() { Card = good })).Address);
        office.List = office.SignedList();
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("revocata", (await Enter(app, "/ritiro", new() { Card = bad })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_kept_until_the_next_is_promised()
    {
        using var office = new CardOffice();
        office.List = office.SignedList(until: TestClock.Start.AddHours(6));
        await using var app = await PlatformApp.Start(Engine.Sqlite, office.Settings);
        for (var i = 0; i < 3; i++)
            Assert.Equal("/ritiro/referti", (await Enter(app, "/ritiro", new() { Card = office.Card(Code) })).Address);
        Assert.Equal(1, office.Fetched);

        var card = office.Card(Code);
        office.Revoke(card);
        app.Clock.Advance(TimeSpan.FromHours(7));
        office.List = office.SignedList();
        Assert.Contains("revocata", (await Enter(app, "/ritiro", new() { Card = card })).Text, StringComparison.Ordinal);
        Assert.Equal(2, office.Fetched);
        // Its server fails, and what it said still holds.
        office.List = null;
        app.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal("/ritiro/referti", (await Enter(app, "/ritiro", new() { Card = office.Card(Code) })).Address);
        Assert.Equal(3, office.Fetched);
    }

    /// <summary>Certificates are public: without the handshake, which only the proxy has seen, one proves nothing.</summary>
    [Fact]
    public async Task A_header_from_anybody_but_the_proxy_is_as_if_it_were_not_there()
    {
        using var office = new CardOffice();
        office.List = office.SignedList();
        await using var app = await PlatformApp.Start(Engine.Sqlite, office.Settings);
        foreach (var says in new[] { null, "", "another secret between somebody and the host" })
            Assert.Contains("Nessuna carta", (await Enter(app, "/ritiro", new() { Card = office.Card(Code), Says = says })).Text, StringComparison.Ordinal);
        foreach (var nonsense in new[] { ":x:", "::", "%", "-----BEGIN%20CERTIFICATE-----%0AAAAA%0A-----END%20CERTIFICATE-----" })
            Assert.Contains("quello di firma", (await Enter(app, "/ritiro", new() { Header = nonsense })).Text, StringComparison.Ordinal);

        // On any other page it says nothing, whoever sends it.
        await app.Send(new SetFiscalCode { AccountId = await app.Send(new CreateAccount("medico", PlatformApp.Password, "Anna Bianchi", "medico@example.org", "it", As.Gp("990007").Assignments)), FiscalCode = Code }, As.Administrator());
        var liar = app.Visitor();
        liar.Http.DefaultRequestHeaders.Add("Client-Cert", $":{Convert.ToBase64String(office.Card(Code).RawData)}:");
        liar.Http.DefaultRequestHeaders.Add("Client-Cert-Proxy", CardOffice.Secret);
        Assert.StartsWith("/sign-in?", (await liar.Open("/account")).Address, StringComparison.Ordinal);
        Assert.Equal("/ritiro", (await liar.Open("/ritiro/referti")).Address);

        // Without a secret in the configuration no header is believed at all.
        await using var bare = await PlatformApp.Start(Engine.Sqlite, [.. office.Settings, ("ExternalSignIn:Card:ProxySecret", "")]);
        Assert.Contains("Nessuna carta", (await Enter(bare, "/ritiro", new() { Card = office.Card(Code), Says = "" })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_serves_once_soon_and_in_the_browser_that_began()
    {
        using var office = new CardOffice();
        office.List = office.SignedList();
        await using var app = await PlatformApp.Start(Engine.Sqlite, office.Settings);
        var proxy = new CardProxy { Card = office.Card(Code) };
        Assert.Equal("/ritiro/referti", (await Enter(app, "/ritiro", proxy)).Address);
        var (shown, back) = (new Uri(proxy.Way.Single(w => w.Contains("/cns/card?", StringComparison.Ordinal))), new Uri(proxy.Way.Single(w => w.Contains("/callback?", StringComparison.Ordinal))).PathAndQuery);
        // Again, and in another browser.
        Assert.Contains("è scaduto", (await app.Visitor(new CookieContainer(), new CardProxy()).Open(back)).Text, StringComparison.Ordinal);
        // Hers, pushed into a sign-in that another has begun.
        var (cookies, thief) = (new CookieContainer(), new CardProxy());
        await Enter(app, "/ritiro", thief, cookies);
        var state = thief.Way.Select(w => System.Text.RegularExpressions.Regex.Match(w, "state=([^&]+)")).Single(m => m.Success).Groups[1].Value;
        Assert.Contains("è scaduto", (await app.Visitor(cookies, new CardProxy()).Open($"/sign-in/external/callback?state={state}&code={back.Split("code=")[1]}")).Text, StringComparison.Ordinal);
        // Too late, and from nowhere.
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Contains("è scaduto", (await app.Visitor(new CookieContainer(), new CardProxy { Card = office.Card(Code) }).Open(shown.AbsoluteUri)).Text, StringComparison.Ordinal);
        foreach (var asked in new[] { "", "?asked=", "?asked=x", "?asked=" + back.Split("code=")[1] })
            Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor(new CookieContainer(), new CardProxy { Card = office.Card(Code) }).Open("https://cns.example.it/sign-in/external/cns/card" + asked)).Status);

        Assert.DoesNotContain(proxy.Way, w => w.Contains(Code, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(app.Log, l => l.Contains(Code, StringComparison.OrdinalIgnoreCase) || l.Contains("code=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_authority_below_another_is_believed_with_the_one_above_it_and_never_for_its_sake_alone()
    {
        using var root = new CardOffice("CN=Radice di prova, C=IT");
        using var below = new CardOffice("CN=Sotto di essa, C=IT", root);
        below.List = below.SignedList();
        foreach (var (list, comesIn) in new[] { (new[] { below.Authority, root.Authority }, true), ([below.Authority], false), ([root.Authority], false) })
        {
            below.Accredit(list);
            await using var app = await PlatformApp.Start(Engine.Sqlite, below.Settings);
            var page = await Enter(app, "/ritiro", new() { Card = below.Card(Code) });
            Assert.Equal((comesIn, !comesIn), (page.Address == "/ritiro/referti", page.Text.Contains("enti accreditati", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Without_a_card_configured_there_is_no_button_and_no_page()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        Assert.DoesNotContain("Tessera Sanitaria", (await app.Visitor().Open("/sign-in")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open("/sign-in/external/cns?use=referti")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open("/sign-in/external/cns/card?asked=x")).Status);
    }

    [Theory]
    [InlineData("Address", "http://cns.example.it")]
    [InlineData("Address", "https://cns.example.it/card")]
    [InlineData("Authorities", "/nowhere/cns.pem")]
    [InlineData("Authorities", "")]
    [InlineData("ProxySecret", "too short")]
    [InlineData("Policies:0", "cns")]
    [InlineData("TimeoutSeconds", "0")]
    public async Task What_is_configured_wrongly_is_told_at_the_start(string key, string value)
    {
        using var office = new CardOffice();
        await using var app = await PlatformApp.Start(Engine.Sqlite, [.. office.Settings, ($"ExternalSignIn:Card:{key}", value)]);
        Assert.StartsWith("ExternalSignIn:Card:", Assert.Throws<InvalidOperationException>(() => app.Visitor()).Message, StringComparison.Ordinal);
    }

    /// <summary>The host asks for the certificate itself, in a handshake over TCP: whoever has not the key of the card cannot show it.</summary>
    [Fact]
    public async Task Without_a_proxy_the_host_asks_for_the_card_in_its_own_handshake()
    {
        using var office = new CardOffice();
        office.List = office.SignedList();
        var port = PostgresServer.FreePort();
        using var key = RSA.Create(2048);
        using var own = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, TestClock.Start.AddYears(50));
        await using var app = await PlatformApp.Start(Engine.Sqlite, [.. office.Settings, ("ExternalSignIn:Card:Address", $"https://localhost:{port}"), ("ExternalSignIn:Card:ProxySecret", "")]);
        app.Listen(kestrel => kestrel.ListenLocalhost(port, here => here.UseHttps(own, https => https.ClientCertificateMode = ClientCertificateMode.AllowCertificate)));
        foreach (var (card, address) in new[] { (office.Card(Code), "/ritiro/referti"), (null, "/sign-in/external/done"), (office.Card(Code, "expired"), "/sign-in/external/done") })
        {
            using var handler = new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == own.Thumbprint, LocalCertificateSelectionCallback = (_, _, _, _, _) => card!, ClientCertificates = card is null ? null : [card] },
            };
            using var http = new HttpClient(handler) { BaseAddress = new($"https://localhost:{port}") };
            http.DefaultRequestHeaders.AcceptLanguage.Add(new("it"));
            var citizen = new Visitor(http);
            var page = await citizen.Open((await citizen.Open("/ritiro")).Link("Entra con"));
            Assert.Equal(address, page.Address);
        }
    }

    private static Task<Screen> Enter(PlatformApp app, string page, CardProxy proxy) => Enter(app, page, proxy, new());

    private static async Task<Screen> Enter(PlatformApp app, string page, CardProxy proxy, CookieContainer cookies)
    {
        var visitor = app.Visitor(cookies, proxy);
        return await visitor.Open((await visitor.Open(page)).Link("Entra con"));
    }

    // Somebody on the way has taken a card from the list.
    private static byte[] Forged(byte[] list)
    {
        list[list.Length / 3] ^= 1;
        return list;
    }
}
