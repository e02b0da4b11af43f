using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.Walls;

/// <summary>What every page and every answer must hold to; docs/security/asvs.md names these tests.</summary>
public sealed partial class WebSecurityTests
{
    /// <summary>Pages that take a form without a token, each for the reason written on it: the language, the error page, the way back from a
    /// provider of identities.</summary>
    private static readonly string[] WithoutToken = ["ErrorModel", "SignInCallbackPage", "SwitchLanguageModel"];

    [Fact]
    public void Only_three_pages_take_a_form_without_a_token() =>
        Assert.Equal(WithoutToken, Rooms.Pages.Where(p => p.IsDefined(typeof(IgnoreAntiforgeryTokenAttribute))).Select(p => p.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_page_that_takes_a_form_refuses_one_without_a_token()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var visitor = await app.SignedIn(As.Administrator());
        var pages = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>()
            .Select(p => (p.RelativePath, Route: p.AttributeRouteInfo!.Template!, Page: Compiled(app, p))).ToList();
        Assert.True(pages.Count > 60);
        var posting = pages.Where(p => p.Page.HandlerMethods.Any(h => h.HttpMethod == "Post") && !WithoutToken.Contains(p.Page.HandlerTypeInfo.Name)).ToList();
        Assert.True(posting.Count > 40);
        var open = new List<string>();
        foreach (var (path, route, _) in posting)
        {
            using var form = new FormUrlEncodedContent([new("Form.Id", Guid.CreateVersion7().ToString())]);
            using var answer = await visitor.Http.PostAsync("/" + Parameter().Replace(route, m => m.Value.Contains("guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "1"), form);
            if (answer.StatusCode != HttpStatusCode.BadRequest)
                open.Add($"{path}: {(int)answer.StatusCode}");
        }

        Assert.True(open.Count == 0, string.Join(Environment.NewLine, open));
    }

    [Fact]
    public void No_page_holds_a_script_a_style_or_a_handler_of_its_own()
    {
        var views = Rooms.Sources("src", ".cshtml").ToList();
        Assert.True(views.Count > 100);
        var inline = views.SelectMany(f => Inline().Matches(File.ReadAllText(f)).Select(m => $"{Rooms.Relative(f)}: {m.Value}")).ToList();
        Assert.True(inline.Count == 0, string.Join(Environment.NewLine, inline));
    }

    [Fact]
    public void The_proxy_does_not_log_what_opens_something_by_itself()
    {
        var proxy = File.ReadAllText(Path.Combine(Documents.Root, "deploy", "nginx", "http.conf"));
        var routes = Rooms.Sources("src", ".cshtml").Select(f => File.ReadLines(f).FirstOrDefault() ?? "").Where(l => l.StartsWith("@page", StringComparison.Ordinal)).ToList();
        // A doctor's code and an error's number open nothing.
        var open = routes.Select(r => Secret().Match(r)).Where(m => m.Success).Select(m => m.Groups[1].Value).Distinct().Except(["/doctors/", "/error/"]).ToList();
        Assert.Equal(["/access/", "/verify-quick/", "/verify/"], open.Order(StringComparer.Ordinal));
        Assert.All(open, o => Assert.Contains($"~^{o} ", proxy, StringComparison.Ordinal));
        Assert.DoesNotContain("$request_uri", proxy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_proxy_answers_over_TLS_alone_and_sends_there_whoever_asks_without()
    {
        var folder = Path.Combine(Documents.Root, "deploy");
        var proxy = File.ReadAllText(Path.Combine(folder, "nginx.conf"));
        var servers = proxy.Split("server {").Skip(1).ToList();
        Assert.Equal(2, servers.Count);
        // Without TLS nothing is answered but where to go.
        Assert.Contains("listen 80 ", servers[0], StringComparison.Ordinal);
        Assert.Contains("return 301 https://$host$request_uri;", servers[0], StringComparison.Ordinal);
        Assert.DoesNotContain("include", servers[0], StringComparison.Ordinal);
        Assert.DoesNotContain("proxy_pass", proxy, StringComparison.Ordinal);
        Assert.All(Listening().Matches(servers[1]).Select(m => m.Value), l => Assert.Contains("443 ssl", l, StringComparison.Ordinal));
        Assert.Contains("ssl_protocols TLSv1.2 TLSv1.3;", servers[1], StringComparison.Ordinal);
        Assert.Matches(@"ssl_certificate \S+;\s+ssl_certificate_key \S+;", servers[1]);
        // Forward secrecy and authenticated encryption, for TLS 1.2 too.
        var ciphers = Ciphers().Match(servers[1]).Groups[1].Value.Split(':');
        Assert.True(ciphers.Length > 3);
        Assert.All(ciphers, c => Assert.Matches("^ECDHE-.*(GCM|POLY1305)", c));
        Assert.Contains("include /etc/nginx/platform/site.conf;", servers[1], StringComparison.Ordinal);
        // The host learns that it was TLS, and so says Secure and HSTS.
        Assert.Contains("proxy_set_header X-Forwarded-Proto $scheme;", File.ReadAllText(Path.Combine(folder, "nginx", "site.conf")), StringComparison.Ordinal);
        Assert.All(new[] { "nginx.conf", "nginx-trial.conf", "nginx/http.conf", "nginx/site.conf", "nginx/card.conf" }.Select(f => File.ReadAllText(Path.Combine(folder, f))), t => Assert.Equal(t.Count(c => c == '{'), t.Count(c => c == '}')));
    }

    [Fact]
    public void The_proxy_says_a_certificate_only_where_it_has_seen_it_and_each_sign_in_shows_it_anew()
    {
        var (site, card) = (File.ReadAllText(Path.Combine(Documents.Root, "deploy", "nginx", "site.conf")), File.ReadAllText(Path.Combine(Documents.Root, "deploy", "nginx", "card.conf")));
        foreach (var header in new[] { "Client-Cert", "Client-Cert-Proxy" })
            Assert.Contains($"proxy_set_header {header} \"\";", site, StringComparison.Ordinal);
        foreach (var line in new[] { "ssl_session_cache off;", "ssl_session_tickets off;", "keepalive_timeout 0;", "ssl_verify_client optional_no_ca;", "location = /sign-in/external/cns/card {", "proxy_set_header Client-Cert $ssl_client_escaped_cert;" })
            Assert.Contains(line, card, StringComparison.Ordinal);
        // The page of the card and nothing else is behind that name.
        Assert.Equal(1, card.Split("proxy_pass").Length - 1);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/ritiro")]
    [InlineData("/no-such-page")]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/health/live")]
    public async Task Every_answer_over_HTTPS_bears_all_the_headers(string path)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        using var answer = await app.Visitor(new CookieContainer()).Http.GetAsync(path);
        foreach (var (name, value) in new[]
        {
            ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"), ("Cache-Control", "no-store"),
        })
        {
            Assert.Contains(value, answer.Headers.GetValues(name).Single(), StringComparison.Ordinal);
        }

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var part in new[] { "default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'self'", "form-action 'self'" })
            Assert.Contains(part, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("geolocation=(self)", answer.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
        using var plain = await app.Anonymous().GetAsync(path);
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task An_answer_of_the_API_is_a_file_to_keep_and_no_page()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        foreach (var path in new[] { "/api/v1/fiscal-codes/RSSMRA85T10H501S", "/api/v1/nothing-here", "/api/v1/patients" })
        {
            using var answer = await app.Anonymous().GetAsync(path);
            Assert.Equal("attachment; filename=\"api.json\"", answer.Content.Headers.ContentDisposition?.ToString());
        }

        using var page = await app.Anonymous().GetAsync("/sign-in");
        Assert.Null(page.Content.Headers.ContentDisposition);
    }

    [Fact]
    public async Task So_many_exports_an_hour_and_then_no_more()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, ("RateLimit:ExportsPerHour", "2"));
        var (one, other) = (await app.SignedIn(As.Administrator()), await app.SignedIn(As.PrivacyOfficer()));
        HttpStatusCode[] expected = [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests];
        foreach (var status in expected)
            Assert.Equal(status, (await one.Http.GetAsync("/audit?format=csv")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await one.Http.GetAsync("/audit")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.Http.GetAsync("/audit?format=csv")).StatusCode);
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await (await app.SignedIn(As.Administrator() with { Id = Guid.CreateVersion7(), DisplayName = "Altro" })).Http.GetAsync("/audit?format=csv")).StatusCode);
    }

    [Fact]
    public async Task Under_HTTPS_every_cookie_is_secure_hidden_from_scripts_and_named_for_its_host()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, ("Cookies:Https", "true"));
        await app.Send(new CreateAccount("anna", PlatformApp.Password, "Anna Prova", "anna@example.org", "it", As.Sisp("010301").Assignments));
        var jar = new CookieContainer();
        var visitor = app.Visitor(jar);
        await visitor.SignIn("anna", PlatformApp.Password);
        await visitor.Open("/patients?sort=-name");
        var cookies = jar.GetAllCookies().ToList();
        Assert.Contains(cookies, c => c.Name == "__Host-platform-session");
        Assert.Contains(cookies, c => c.Name == "__Host-platform-form");
        Assert.All(cookies, c => Assert.True(c.Secure && c.HttpOnly, c.Name));
        Assert.Equal("/account", (await visitor.Open("/account")).Address);
    }

    [Fact]
    public void What_lies_encrypted_is_neither_indexed_nor_keyed_and_the_documentation_lists_it()
    {
        var table = new System.Text.StringBuilder("| module | table | columns |\n|---|---|---|\n");
        var found = 0;
        foreach (var module in Rooms.WithDb)
        {
            var db = Rooms.Open(module, new SqliteEngine(Path.GetTempPath()));
            foreach (var entity in db.Model.GetEntityTypes().OrderBy(e => Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetTableName(e), StringComparer.Ordinal))
            {
                var columns = entity.GetProperties().Where(p => p.IsEncrypted()).ToList();
                if (columns.Count == 0)
                    continue;
                found += columns.Count;
                Assert.All(columns, c => Assert.False(c.IsIndex() || c.IsKey() || c.IsForeignKey(), c.Name));
                // The command that seals anew goes by it.
                Assert.Equal(typeof(Guid), Assert.Single(entity.FindPrimaryKey()!.Properties).ClrType);
                table.Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"| {Rooms.Title(module)} | `{Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetTableName(entity)}` | {string.Join(", ", columns.Select(c => $"`{SnakeCase.Of(c.Name)}`").Order(StringComparer.Ordinal))} |\n");
            }
        }

        Assert.True(found > 10);
        Documents.MustSay("privacy/encryption.md", "columns", table.ToString());
    }

    private static CompiledPageActionDescriptor Compiled(PlatformApp app, PageActionDescriptor page) =>
        app.Services.GetRequiredService<PageLoader>().LoadAsync(page, EndpointMetadataCollection.Empty).GetAwaiter().GetResult();

    [GeneratedRegex(@"listen [^;]+;")]
    private static partial Regex Listening();

    [GeneratedRegex(@"ssl_ciphers ([^;]+);")]
    private static partial Regex Ciphers();

    [GeneratedRegex(@"""(/[\w-]+/)\{(?:token|code|key)[^}]*\}")]
    private static partial Regex Secret();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("""<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle="|\son(click|change|submit|load|input|key\w+|mouse\w+)=|href="javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
