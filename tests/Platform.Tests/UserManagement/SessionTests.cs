using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.Sessions;

namespace Platform.Tests.UserManagement;

/// <summary>A session is kept by the server: it ends there, for every copy of its cookie.</summary>
public sealed class SessionTests
{
    private const string Password = "una-frase-lunga-7";

    [Theory, OnEachEngine]
    public async Task A_cookie_copied_before_the_sign_out_opens_nothing_after_it(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var (hers, copied) = (new CookieContainer(), new CookieContainer());
        var (visitor, thief) = (app.Visitor(hers), app.Visitor(copied));
        await visitor.SignIn("anna", Password);
        copied.Add(hers.GetAllCookies());
        Assert.True(await IsInside(thief));
        await visitor.Submit(await visitor.Open("/account"), "Esci");
        Assert.False(await IsInside(thief));
        Assert.Equal(0, await app.Db<UserManagementDb, int>(db => db.Sessions.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task She_sees_where_she_is_inside_and_ends_one_or_all_the_others(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var visitors = new List<Visitor>();
        foreach (var agent in new[] { "Mozilla/5.0 (Windows NT 10.0; rv:94.0) Gecko/20100101 Firefox/94.0", "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36", "" })
        {
            var visitor = app.Visitor();
            if (agent.Length > 0)
                visitor.Http.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
            await visitor.SignIn("anna", Password);
            visitors.Add(visitor);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var account = await visitors[2].Open("/account");
        var shown = account.Page.QuerySelector("#sessions")!.TextContent;
        foreach (var said in new[] { "Firefox, Windows", "Chrome, Android", "Questa" })
            Assert.Contains(said, shown, StringComparison.Ordinal);
        // The list begins with the last one used.
        var wrong = await visitors[2].Submit(account, "Chiudi la sessione", ("Password, per chiudere una sessione o tutte le altre", "non è questa"));
        Assert.Equal("La password attuale non è corretta.", wrong.ErrorOf("Password, per chiudere una sessione o tutte le altre"));
        Assert.Equal("in in in", await Inside());
        // Enter in the field presses the first button of its form: the one that its hint names.
        var form = account.Page.QuerySelector("#sessions form")!;
        Assert.Equal("Chiudi tutte le altre", form.QuerySelector("button:not([type=button])")!.TextContent);
        Assert.Contains("Invio chiude tutte le altre", form.TextContent, StringComparison.Ordinal);
        await visitors[2].Submit(account, "Chiudi la sessione", ("Password, per chiudere una sessione o tutte le altre", Password));
        Assert.Equal("in out in", await Inside());
        await visitors[2].Submit(await visitors[2].Open("/account"), "Chiudi tutte le altre", ("Password, per chiudere una sessione o tutte le altre", Password));
        Assert.Equal("out out in", await Inside());

        async Task<string> Inside() => string.Join(' ', (await Task.WhenAll(visitors.Select(IsInside))).Select(inside => inside ? "in" : "out"));
    }

    [Theory, OnEachEngine]
    public async Task Nobody_ends_a_session_that_is_not_hers(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var visitor = app.Visitor();
        await visitor.SignIn("anna", Password);
        var session = await app.Db<UserManagementDb, Guid>(db => db.Sessions.Select(s => s.Id).SingleAsync());
        await Assert.ThrowsAsync<Refusal>(() => app.Send(new EndSession { Id = session }, As.Sisp("010301")));
        await app.Send(new EndSession(), As.Sisp("010301"));
        Assert.Empty(await app.Send(new OwnSessions(), As.Sisp("010301")));
        Assert.True(await IsInside(visitor));
    }

    [Theory, OnEachEngine]
    public async Task A_changed_password_and_a_deactivation_end_every_session_for_good(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var anna = await Anna(app);
        var (here, there) = (app.Visitor(), app.Visitor());
        await here.SignIn("anna", Password);
        await there.SignIn("anna", Password);
        await here.Submit(await here.Open("/account"), "Cambia la password",
            ("Password attuale", Password), ("Nuova password", "altra-frase-lunga-8"), ("Ripeta", "altra-frase-lunga-8"));
        Assert.Equal((true, false), (await IsInside(here), await IsInside(there)));
        Assert.DoesNotContain("Chiudi tutte le altre", (await here.Open("/account")).Text, StringComparison.Ordinal);

        await app.Send(new DeactivateAccount(anna), As.Administrator());
        await app.Send(new ReactivateAccount(anna), As.Administrator());
        Assert.False(await IsInside(here));
    }

    [Theory, OnEachEngine]
    public async Task Sessions_that_are_over_are_forgotten(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var visitor = app.Visitor();
        await visitor.SignIn("anna", Password);
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True(await IsInside(visitor));
        await Forget();
        Assert.Equal(app.Clock.Now.UtcDateTime, await app.Db<UserManagementDb, DateTime>(db => db.Sessions.Select(s => s.SeenAt).SingleAsync()));
        app.Clock.Advance(TimeSpan.FromMinutes(36));
        await Forget();
        Assert.Equal(0, await app.Db<UserManagementDb, int>(db => db.Sessions.CountAsync()));

        Task<int> Forget() => app.Db<UserManagementDb, int>(async db =>
        {
            await ((IScheduledJob)new ForgetSessions(db, app.Clock)).Run(default);
            return 0;
        });
    }

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 15_1 like Mac OS X) AppleWebKit/605.1.15 Version/15.1 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/96.0.4664.45 Safari/537.36 Edg/96.0.1054.34", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/15.1 Safari/605.1.15", "Safari, macOS")]
    [InlineData("curl/7.80", "")]
    [InlineData(null, "")]
    public void A_browser_is_named_as_people_name_it(string? agent, string name) => Assert.Equal(name, OpenSession.NameOf(agent));

    private static Task<Guid> Anna(PlatformApp app) => app.Send(new CreateAccount(
        "anna", Password, "Anna Prova", "anna@example.org", "it", [new(Role.Sisp, new(ScopeKind.Asl, "010301"))]));

    private static async Task<bool> IsInside(Visitor visitor) => (await visitor.Open("/account")).Address == "/account";
}
