using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.ApiClients;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.UsedTokens;

namespace Platform.Tests.UserManagement;

/// <summary>The tokens are made by hand here, from the specification, so that no library checks its own work.</summary>
public sealed class SignedRequestTests
{
    private const string Audience = "https://piattaforma.example.org";
    private static readonly Assignment OfLab = new(Role.LabImport, new(ScopeKind.Lab, "LAB-001"));
    private static readonly Identity OfThatLab = As.LocalAdministrator(ScopeKind.Lab, "LAB-001");

    [Theory, OnEachEngine]
    public async Task A_signed_request_opens_once_and_its_replay_is_refused(Engine engine)
    {
        await using var app = await Start(engine);
        using var rsa = RSA.Create(2048);
        var kid = await Register(app, rsa.ExportSubjectPublicKeyInfoPem());
        var token = Token(app, kid, rsa);
        Assert.Equal(HttpStatusCode.OK, await Get(app, token));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(app, token));
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var other = await Register(app, curve.ExportSubjectPublicKeyInfoPem(), "LIS 2");
        Assert.Equal(HttpStatusCode.OK, await Get(app, Token(app, other, curve)));

        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Services.GetRequiredService<JobRunner>().Run(ForgetUsedTokens.Name, default);
        Assert.Equal(0, await app.Db<UserManagementDb, int>(db => db.UsedTokens.CountAsync()));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(app, token));
    }

    [Theory, OnEachEngine]
    public async Task Of_the_same_token_sent_many_times_at_once_one_is_taken(Engine engine)
    {
        await using var app = await Start(engine);
        using var rsa = RSA.Create(2048);
        var token = Token(app, await Register(app, rsa.ExportSubjectPublicKeyInfoPem()), rsa);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Get(app, token)));
        Assert.Single(answers, a => a == HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_not_as_it_must_be_is_refused()
    {
        await using var app = await Start(Engine.Sqlite);
        using var rsa = RSA.Create(2048);
        using var stranger = RSA.Create(2048);
        var kid = await Register(app, rsa.ExportSubjectPublicKeyInfoPem());
        var now = app.Clock.Now.ToUnixTimeSeconds();
        foreach (var (what, token) in new (string, string)[]
        {
            ("another's key", Token(app, kid, stranger)),
            ("an unknown kid", Token(app, "nobody", rsa)),
            ("another audience", Token(app, kid, rsa, c => c["aud"] = "https://altrove.example.org")),
            ("no audience", Token(app, kid, rsa, c => c.Remove("aud"))),
            ("expired", Token(app, kid, rsa, c => (c["iat"], c["exp"]) = (now - 400, now - 100))),
            ("of the future", Token(app, kid, rsa, c => (c["iat"], c["exp"]) = (now + 300, now + 500))),
            ("too long a life", Token(app, kid, rsa, c => c["exp"] = now + 3600)),
            ("no expiry", Token(app, kid, rsa, c => c.Remove("exp"))),
            ("no issue time", Token(app, kid, rsa, c => c.Remove("iat"))),
            ("no id", Token(app, kid, rsa, c => c.Remove("jti"))),
            ("no algorithm", Unsigned(app, kid)),
            ("a symmetric algorithm with the public key", Symmetric(app, kid, rsa.ExportSubjectPublicKeyInfoPem())),
            ("not a token", "a.b.c"),
        })
        {
            Assert.True(await Get(app, token) == HttpStatusCode.Unauthorized, what);
        }

        Assert.Equal(HttpStatusCode.OK, await Get(app, Token(app, kid, rsa)));
        var client = await app.Db<UserManagementDb, ApiClient>(db => db.ApiClients.Include(c => c.SigningKeys).SingleAsync());
        await app.Send(new RevokeSigningKey(client.Id, client.SigningKeys[0].Id), OfThatLab);
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(app, Token(app, kid, rsa)));
    }

    [Fact]
    public async Task A_body_is_sealed_by_its_digest_and_no_other_is_taken_in_its_place()
    {
        await using var app = await Start(Engine.Sqlite);
        using var rsa = RSA.Create(2048);
        var kid = await Register(app, rsa.ExportSubjectPublicKeyInfoPem());
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(app, Token(app, kid, rsa), null, "MSH|", "MSH|"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(app, Token(app, kid, rsa), Seal("MSH|"), "MSH|", "MSH|altro"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(app, Token(app, kid, rsa), Token(app, kid, rsa), "MSH|", "MSH|"));
        var taken = await Post(app, Token(app, kid, rsa), Seal("MSH|"), "MSH|", "MSH|");
        Assert.NotEqual(HttpStatusCode.Unauthorized, taken);
        Assert.True(taken < HttpStatusCode.InternalServerError);

        string Seal(string body) => Token(app, kid, rsa, c => c["signed_headers"] = new[] { new Dictionary<string, string> { ["digest"] = Digest(body) } });
    }

    [Theory, OnEachEngine]
    public async Task A_new_key_is_shown_once_and_the_one_before_opens_for_the_overlap(Engine engine)
    {
        await using var app = await Start(engine);
        var first = await app.Send(new CreateApiClient("LIS", [OfLab], null));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            new RotateApiKey { ClientId = first.Id }, As.LocalAdministrator(ScopeKind.Lab, "LAB-002")))).Kind);
        var second = await app.Send(new RotateApiKey { ClientId = first.Id, OverlapDays = 7 }, OfThatLab);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await Get(app, first.Key), await Get(app, second.Key)));
        app.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await Get(app, first.Key), await Get(app, second.Key)));
        var third = await app.Send(new RotateApiKey { ClientId = first.Id, OverlapDays = 0 }, OfThatLab);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await Get(app, second.Key), await Get(app, third.Key)));
        await app.Send(new RevokeApiClient(first.Id), OfThatLab);
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(app, third.Key));
    }

    [Fact]
    public async Task The_laboratory_s_administrator_makes_the_client_on_its_page_and_only_keeps_the_key()
    {
        await using var app = await Start(Engine.Sqlite);
        var visitor = await app.SignedIn(OfThatLab);
        var made = await visitor.Submit(await visitor.Open("/users/api-clients"), "Crea il client", ("Nome del client", "LIS"), ("Struttura", "Lab:LAB-001"));
        var key = made.Page.QuerySelector("main code")!.TextContent;
        var detail = await visitor.Open((await visitor.Open("/users/api-clients")).Link("LIS"));
        Assert.DoesNotContain(key, detail.Text, StringComparison.Ordinal);
        var rotated = await visitor.Submit(detail, "Crea una nuova chiave", ("Giorni", "3"));
        Assert.Equal(HttpStatusCode.OK, await Get(app, rotated.Page.QuerySelector("main code")!.TextContent));
        var wrong = await visitor.Submit(await visitor.Open(detail.Address), "Registra la chiave pubblica", ("Chiave pubblica", "-----BEGIN PRIVATE KEY-----"));
        Assert.Contains("Serve una chiave pubblica", wrong.Text, StringComparison.Ordinal);
        using var rsa = RSA.Create(2048);
        var kept = await visitor.Submit(wrong, "Registra la chiave pubblica", ("Chiave pubblica", rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.Contains("Attiva", kept.Text, StringComparison.Ordinal);
    }

    private static Task<PlatformApp> Start(Engine engine) => PlatformApp.Start(engine, ("Platform:Address", Audience + "/"));

    private static async Task<string> Register(PlatformApp app, string pem, string name = "LIS")
    {
        var client = await app.Send(new CreateApiClient(name, [OfLab], null));
        return await app.Send(new AddSigningKey { ClientId = client.Id, Pem = pem }, OfThatLab);
    }

    private static async Task<HttpStatusCode> Get(PlatformApp app, string token)
    {
        using var http = app.Anonymous();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await http.GetAsync("/api/v1/me");
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> Post(PlatformApp app, string token, string? seal, string digested, string body)
    {
        using var http = app.Anonymous();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        http.DefaultRequestHeaders.Add("Digest", Digest(digested));
        if (seal is not null)
            http.DefaultRequestHeaders.Add(SignedRequest.SignatureHeader, seal);
        using var content = new StringContent(body, Encoding.UTF8, "application/hl7-v2");
        using var answer = await http.PostAsync("/api/v1/referti/messages", content);
        return answer.StatusCode;
    }

    private static string Digest(string body) => "SHA-256=" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static string Token(PlatformApp app, string kid, AsymmetricAlgorithm key, Action<Dictionary<string, object>>? change = null)
    {
        var text = Parts(app, kid, key is RSA ? "RS256" : "ES256", change);
        var bytes = Encoding.ASCII.GetBytes(text);
        return text + "." + Base64(key is RSA rsa ? rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : ((ECDsa)key).SignData(bytes, HashAlgorithmName.SHA256));
    }

    private static string Unsigned(PlatformApp app, string kid) => Parts(app, kid, "none", null) + ".";

    private static string Symmetric(PlatformApp app, string kid, string pem)
    {
        var text = Parts(app, kid, "HS256", null);
        return text + "." + Base64(HMACSHA256.HashData(Encoding.ASCII.GetBytes(pem), Encoding.ASCII.GetBytes(text)));
    }

    private static string Parts(PlatformApp app, string kid, string algorithm, Action<Dictionary<string, object>>? change)
    {
        var now = app.Clock.Now.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object> { ["aud"] = Audience, ["iat"] = now, ["exp"] = now + 120, ["jti"] = Guid.CreateVersion7().ToString() };
        change?.Invoke(claims);
        return Base64(JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, typ = "JWT", kid })) + "." + Base64(JsonSerializer.SerializeToUtf8Bytes(claims));
    }

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
