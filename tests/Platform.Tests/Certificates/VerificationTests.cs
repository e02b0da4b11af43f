using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.BuildingBlocks.Failures;
using Platform.Certificates;
using Platform.Certificates.Hcert;
using Platform.Certificates.Verification;
using Platform.Tests.Harness;

namespace Platform.Tests.Certificates;

public sealed class VerificationTests : IDisposable
{
    private static readonly DateTime Now = TestClock.Start.UtcDateTime;

    private readonly Keys keys = Keys.Usual();

    public void Dispose() => keys.Dispose();

    [Theory, OnEachEngine]
    public async Task What_our_signers_sign_is_valid_until_it_is_revoked(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine, keys.Settings);
        var signer = app.Services.GetRequiredService<IHcertSigner>();
        foreach (var payload in new[] { Payloads.Vaccination("Ştefănescu"), Payloads.Test(), Payloads.Recovery() })
        {
            var signed = signer.Sign(payload, Now);
            Assert.Equal(Outcome.Valid, (await Verify(app, signed.Hc1)).Outcome);
            Assert.Equal(12, signed.Kid.Length);
            Assert.True(signed.ExpiresAt > Now);
        }

        var certificate = signer.Sign(Payloads.Vaccination(), Now).Hc1;
        var shown = await Verify(app, certificate);
        Assert.Equal(("Prova", "Persona", "1979-04-14", "base"), (shown.FamilyName, shown.GivenName, shown.BirthDate, shown.Mode));

        await Revoke(app, Payloads.Uvci);
        // Why it is no good is nobody's business.
        shown = await Verify(app, certificate);
        Assert.Equal((Outcome.NotValid, "Prova"), (shown.Outcome, shown.FamilyName));
    }

    [Fact]
    public async Task Keys_are_used_for_what_they_are_for_and_a_new_one_takes_over_on_its_day()
    {
        var old = keys.Make(KeyUses.Recovery);
        var next = keys.Make(KeyUses.Recovery, rsa: true);
        keys.Configure("old", old);
        keys.Configure("next", next, "2021-12-01T00:00:00Z");
        await using var app = await PlatformApp.Start(Engine.Sqlite, keys.Settings);
        var signer = app.Services.GetRequiredService<IHcertSigner>();

        var before = signer.Sign(Payloads.Recovery(), Now);
        Assert.Equal(Convert.ToBase64String(old.Kid), before.Kid);
        app.Clock.Set(new(2021, 12, 1, 0, 0, 0, TimeSpan.Zero));
        var after = signer.Sign(Payloads.Recovery(), app.Clock.Now.UtcDateTime);
        Assert.Equal(Convert.ToBase64String(next.Kid), after.Kid);
        Assert.Equal(CoseAlgorithm.Ps256, HcertReader.Read(after.Hc1)!.Algorithm);
        // What the old one signed still holds.
        Assert.Equal(Outcome.Valid, (await Verify(app, before.Hc1, "authentic")).Outcome);
        Assert.Equal(Outcome.Valid, (await Verify(app, after.Hc1, "authentic")).Outcome);

        // Never past the end of the key.
        var late = Keys.Until.UtcDateTime.AddDays(-10);
        Assert.Equal(Keys.Until.UtcDateTime, signer.Sign(Payloads.Vaccination(), late).ExpiresAt);
        Assert.False(signer.CanSign(DccKind.Vaccination, Keys.Until.UtcDateTime));
        Assert.Equal("no-signing-key", Assert.Throws<Refusal>(() => signer.Sign(Payloads.Vaccination(), Keys.Until.UtcDateTime)).Code);
        var wrong = Assert.Throws<Refusal>(() => signer.Sign(Payloads.Vaccination() with { BirthDate = "?" }, Now));
        Assert.Equal(("certificate-not-well-formed", "dob"), (wrong.Code, wrong.Arguments.Single()));
    }

    [Fact]
    public async Task Others_keys_times_and_uses_are_looked_at()
    {
        SigningKey france = keys.Make(null), austria = keys.Make(KeyUses.Test), rsa = keys.Make(null, rsa: true), unknown = keys.Make(null), twin = keys.Make(null),
            young = keys.Make(null, from: TestClock.Start.AddDays(10));
        var shared = Convert.ToBase64String(france.Kid);
        keys.Trust(("FR", twin, shared), ("FR", france, null), ("AT", austria, null), ("DE", rsa, null), ("ES", young, null));
        await using var app = await PlatformApp.Start(Engine.Sqlite, keys.Settings);
        async Task Says(Outcome expected, string text, bool named = true)
        {
            var shown = await Verify(app, text);
            Assert.Equal((expected, named), (shown.Outcome, shown.BirthDate is not null));
        }

        await Says(Outcome.Valid, Keys.Write(Payloads.Vaccination(), france, Now));
        await Says(Outcome.Valid, Keys.Write(Payloads.Vaccination(), rsa, Now));
        // Two keys of one name: the second one tried is the right one, whichever it is.
        await Says(Outcome.Valid, Keys.Write(Payloads.Vaccination(), twin, Now, kid: france.Kid));
        // Names that nobody vouches for are not shown.
        await Says(Outcome.NotValid, Keys.Write(Payloads.Vaccination(), unknown, Now), named: false);
        await Says(Outcome.NotValid, Keys.Write(Payloads.Vaccination(), unknown, Now, kid: france.Kid), named: false);
        await Says(Outcome.NotValid, Keys.Write(Payloads.Vaccination(), austria, Now), named: false);
        await Says(Outcome.Valid, Keys.Write(Payloads.Test(), austria, Now));
        await Says(Outcome.Expired, Keys.Write(Payloads.Vaccination(), france, Now.AddDays(-30), Now));
        await Says(Outcome.Valid, Keys.Write(Payloads.Vaccination(), france, Now.AddDays(-30), Now.AddSeconds(1)));
        await Says(Outcome.NotValidYet, Keys.Write(Payloads.Vaccination(), france, Now.AddHours(1)));
        await Says(Outcome.NotValid, Keys.Write(Payloads.Vaccination(), young, Now));
        await Says(Outcome.NotValid, Keys.Write(Payloads.Vaccination(), france, Keys.From.UtcDateTime.AddDays(-1)));
        await Says(Outcome.NotEuDcc, "HC1:NON SONO UN CERTIFICATO", named: false);
        await Says(Outcome.NotEuDcc, "", named: false);

        // A new list is read while the host runs; one that cannot be read changes nothing.
        keys.Trust(("FR", france, null), ("IT", unknown, null));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await Says(Outcome.Valid, Keys.Write(Payloads.Vaccination(), unknown, Now));
        File.WriteAllText(Path.Combine(keys.Folder, "trusted.json"), "[{");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await Says(Outcome.Valid, Keys.Write(Payloads.Vaccination(), unknown, Now));
    }

    [Fact]
    public void The_demonstration_makes_its_own_keys_once()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Database:Folder", keys.Folder), new("Demo:Enabled", "true")]).Build();
        var environment = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder().Environment;
        using var first = Signers.Of(configuration, environment, Pack.Piemonte, NullLogger.Instance);
        using var again = Signers.Of(configuration, environment, Pack.Piemonte, NullLogger.Instance);
        Assert.Equal(3, first.Keys.Count);
        Assert.Equal(first.Keys.Select(k => Convert.ToBase64String(k.Kid)), again.Keys.Select(k => Convert.ToBase64String(k.Kid)));
        // As Italy signs recoveries: by a key for all, or they would last as those after a vaccination.
        Assert.DoesNotContain(first.Keys, k => k.Uses.ForRecovery);
        var read = HcertReader.Read(first.Sign(Payloads.Recovery(), Now).Hc1)!;
        Assert.Contains(again.Keys, k => k.Kid.AsSpan().SequenceEqual(read.Kid) && CoseSignature.Verifies(k.Certificate, read.Algorithm, read.ToBeSigned, read.Signature));
        foreach (var file in Directory.GetFiles(Path.Combine(keys.Folder, "certificates")))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        // Elsewhere nothing is signed without keys.
        using var none = Signers.Of(new ConfigurationBuilder().Build(), environment, Pack.Piemonte, NullLogger.Instance);
        Assert.Equal("no-signing-key", Assert.Throws<Refusal>(() => none.Sign(Payloads.Recovery(), Now)).Code);
    }

    [Theory]
    [InlineData("Certificate", "missing.pem")]
    [InlineData("Key", "other.key")]
    [InlineData("From", "tomorrow")]
    public async Task What_is_configured_wrongly_stops_the_start(string setting, string value)
    {
        keys.Configure("other", keys.Make(null));
        var path = setting == "From" ? value : Path.Combine(keys.Folder, value);
        await using var app = await PlatformApp.Start(Engine.Sqlite, [.. keys.Settings, ($"Certificates:Signers:all:{setting}", path)]);
        var failure = Assert.Throws<InvalidOperationException>(() => app.Anonymous());
        Assert.Contains("Certificates:Signers:all", failure.Message, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Revocations_are_published_in_versions_and_fetched_by_differences(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine, keys.Settings);
        using var http = app.Anonymous();
        async Task<RevocationListAnswer> List(string query = "") => (await http.GetFromJsonAsync<RevocationListAnswer>("/api/v1/certificates/revocations" + query, JsonSerializerOptions.Web))!;
        Assert.Equal((0, 0), ((await List()).Version, (await List()).Hashes.Count));

        await Revoke(app, "01IT00000000000000000000000000000001#1");
        await Revoke(app, "01IT00000000000000000000000000000002#1");
        Assert.Empty((await List()).Hashes);
        await Publish(app);
        var first = await List();
        Assert.Equal((1, 2, 1), (first.Version, first.Hashes.Count, first.Parts));
        await Revoke(app, "01IT00000000000000000000000000000003#1");
        await Publish(app);
        await Publish(app);
        var next = await List("?since=1");
        Assert.Equal((1, 2), (next.Since, next.Version));
        Assert.Equal([RevokedCertificate.HashOf("01IT00000000000000000000000000000003#1")], next.Hashes);
        Assert.Equal(3, (await List()).Hashes.Count);
        Assert.Empty((await List("?since=2")).Hashes);
        Assert.Empty((await List("?part=2")).Hashes);
        // Who is ahead begins again; who asks nonsense is answered all the same.
        Assert.Equal((0, 3), ((await List("?since=7")).Since, (await List("?since=-1&part=-1")).Hashes.Count));
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/api/v1/certificates/revocations?since=x")).StatusCode);
    }

    [Fact]
    public async Task The_page_shows_outcome_name_and_birth_and_keeps_nothing()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, keys.Settings);
        var certificate = app.Services.GetRequiredService<IHcertSigner>().Sign(Payloads.Vaccination("D'Ambrosiorum", "Zaccheo"), Now).Hc1;
        foreach (var (language, check, field, valid, no) in new[]
        {
            ("it", "Verifica", "Testo del codice", "Certificazione valida", "Non è una certificazione verde dell'Unione europea"),
            ("en", "Check", "Text of the code", "Valid certificate", "Not an EU Digital COVID Certificate"),
        })
        {
            var visitor = app.Visitor(language);
            var page = await visitor.Open("/verify-certificate");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            var answer = await visitor.Submit(page, check, (field, certificate));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains(valid, answer.Text, StringComparison.Ordinal);
            Assert.Contains("D'Ambrosiorum", answer.Text, StringComparison.Ordinal);
            Assert.Contains("1979", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Payloads.Uvci, answer.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.DoesNotContain("HC1:6", answer.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.DoesNotContain("Comirnaty", answer.Text, StringComparison.Ordinal);
            Assert.Contains(no, (await visitor.Submit(answer, check, (field, "https://example.org"))).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Submit(answer, check, (field, ""))).Status);
        }

        Assert.DoesNotContain(app.Log, line => line.Contains("Ambrosiorum", StringComparison.Ordinal) || line.Contains("HC1:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Machines_verify_with_a_mode_of_the_day_and_fuzzed_texts_are_refused_cleanly()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, [.. keys.Settings, ("RateLimit:PerMinute", "0")]);
        using var http = app.Anonymous();
        var certificate = app.Services.GetRequiredService<IHcertSigner>().Sign(Payloads.Vaccination(), Now).Hc1;
        Task<HttpResponseMessage> Post(object body) => http.PostAsJsonAsync("/api/v1/certificates/verify", body);

        var answer = await (await Post(new { certificate, mode = "entry" })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("entry", answer.GetProperty("mode").GetString());
        Assert.Equal("valid", answer.GetProperty("outcome").GetString(), ignoreCase: true);
        Assert.Equal(["birthDate", "checkedAt", "familyName", "givenName", "mode", "outcome"], answer.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        // Not in force on that day.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(new { certificate, mode = "strengthened" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(new { certificate, mode = "?" })).StatusCode);

        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var text = certificate.ToCharArray();
            for (var changes = 0; changes <= i % 5; changes++)
                text[random.Next(text.Length)] = (char)random.Next(i % 2 == 0 ? 128 : 0xD7FF);
            var fuzzed = new string(text)[..random.Next(text.Length)];
            var said = await Post(new { certificate = fuzzed });
            // No field of any request may hold a NUL.
            Assert.Equal(fuzzed.Contains('\0', StringComparison.Ordinal) ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, said.StatusCode);
            if (said.StatusCode != HttpStatusCode.OK)
                continue;
            Assert.Contains((await said.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("outcome").GetString()!.ToLowerInvariant(), new[] { "noteudcc", "notvalid" });
        }

        Assert.DoesNotContain(app.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static Task<VerifiedCertificate> Verify(PlatformApp app, string text, string? mode = null) => app.Send(new VerifyCertificate { Certificate = text, Mode = mode });

    private static Task<int> Revoke(PlatformApp app, string uvci) => app.Db<CertificatesDb, int>(async db =>
    {
        db.Revoked.Add(RevokedCertificate.Of(uvci, Now));
        return await db.SaveChangesAsync();
    });

    private static async Task Publish(PlatformApp app)
    {
        await using var scope = app.Scope();
        await ActivatorUtilities.CreateInstance<PublishRevocations>(scope.ServiceProvider).Run(default);
    }
}
