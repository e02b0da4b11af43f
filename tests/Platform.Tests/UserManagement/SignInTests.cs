using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.UserManagement;

public sealed class SignInTests
{
    private const string Password = "una-frase-lunga-7";

    [Theory, OnEachEngine]
    public async Task Who_types_the_right_password_is_inside_under_her_user_name_and_under_her_address(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        foreach (var name in new[] { "anna", "ANNA", "anna@example.org" })
        {
            var visitor = app.Visitor();
            await visitor.SignIn(name, Password);
            Assert.True(await IsInside(visitor));
        }
    }

    [Theory, OnEachEngine]
    public async Task A_wrong_password_and_an_unknown_name_are_answered_alike(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var wrong = await Try(app.Visitor(), "anna", "sbagliata");
        var unknown = await Try(app.Visitor(), "nessuno", "sbagliata");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(wrong.Status, unknown.Status);
        Assert.Contains("Nome utente o password non corretti", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(wrong.Text, unknown.Text);
    }

    [Theory, OnEachEngine]
    public async Task Five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        for (var i = 0; i < 5; i++)
            await Try(app.Visitor(), "anna", "sbagliata");
        var visitor = app.Visitor();
        await Try(visitor, "anna", Password);
        Assert.False(await IsInside(visitor));

        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await visitor.SignIn("anna", Password);
        Assert.True(await IsInside(visitor));
    }

    [Theory, OnEachEngine]
    public async Task The_session_ends_after_half_an_hour_without_use_and_after_twelve_hours_in_any_case(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var idle = app.Visitor();
        await idle.SignIn("anna", Password);
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await IsInside(idle));

        var busy = app.Visitor();
        await busy.SignIn("anna", Password);
        for (var minutes = 0; minutes < 12 * 60; minutes += 20)
        {
            Assert.True(await IsInside(busy));
            app.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await IsInside(busy));
    }

    [Theory, OnEachEngine]
    public async Task The_cookie_is_kept_from_scripts_and_from_other_sites_and_travels_only_sealed_under_https(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var cookie = await CookieOf(app, "http://localhost");
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; secure", await CookieOf(app, "https://localhost"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnEachEngine]
    public async Task After_the_sign_in_one_goes_back_to_where_one_was_but_never_to_another_site(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var visitor = app.Visitor();
        var door = await visitor.Open("/account");
        Assert.StartsWith("/sign-in?returnUrl=%2Faccount", door.Address, StringComparison.Ordinal);
        Assert.Equal("/account", (await visitor.Submit(door, "Accedi", ("Nome utente", "anna"), ("Password", Password))).Address);

        foreach (var elsewhere in new[] { "https://evil.example", "//evil.example", "/\\evil.example" })
        {
            var caught = app.Visitor();
            var form = await caught.Open("/sign-in?returnUrl=" + Uri.EscapeDataString(elsewhere));
            Assert.Equal("/", (await caught.Submit(form, "Accedi", ("Nome utente", "anna"), ("Password", Password))).Address);
        }
    }

    [Theory, OnEachEngine]
    public async Task A_deactivated_account_is_out_at_its_next_request(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var visitor = app.Visitor();
        await visitor.SignIn("anna", Password);
        Assert.True(await IsInside(visitor));
        await app.Db<UserManagementDb, int>(db => db.Accounts.ExecuteUpdateAsync(
            set => set.SetProperty(a => a.DeactivatedAt, app.Clock.Now.UtcDateTime)));
        Assert.False(await IsInside(visitor));
        await Try(visitor, "anna", Password);
        Assert.False(await IsInside(visitor));
    }

    [Theory, OnEachEngine]
    public async Task Who_signs_out_is_out(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        var visitor = app.Visitor();
        await visitor.SignIn("anna", Password);
        var account = await visitor.Open("/account");
        await visitor.Submit(account, "Esci");
        Assert.False(await IsInside(visitor));
    }

    [Theory, OnEachEngine]
    public async Task Too_many_attempts_in_a_minute_are_refused_before_the_password_is_looked_at(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine, ("SignIn:PerMinuteByName", "2"));
        await Anna(app);
        await Try(app.Visitor(), "anna", "sbagliata");
        await Try(app.Visitor(), "anna", "sbagliata");
        Assert.Contains("Troppi tentativi", (await Try(app.Visitor(), "anna", Password)).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task No_password_and_no_user_name_is_ever_logged(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Anna(app);
        await Try(app.Visitor(), "anna", "sbagliata-davvero");
        await app.Visitor().SignIn("anna@example.org", Password);
        Assert.NotEmpty(app.Log);
        foreach (var secret in new[] { Password, "sbagliata-davvero", "anna@example.org", "Anna Prova" })
            Assert.DoesNotContain(app.Log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private static Task<Guid> Anna(PlatformApp app) => app.Send(new CreateAccount(
        "anna", Password, "Anna Prova", "anna@example.org", "it", [new(Role.Sisp, new(ScopeKind.Asl, "010301"))]));

    private static async Task<Screen> Try(Visitor visitor, string userName, string password) =>
        await visitor.Submit(await visitor.Open("/sign-in"), "Accedi", ("Nome utente", userName), ("Password", password));

    private static async Task<bool> IsInside(Visitor visitor) => (await visitor.Open("/account")).Address == "/account";

    private static async Task<string> CookieOf(PlatformApp app, string origin)
    {
        // The server's own client follows no redirect and keeps no cookie.
        using var http = ((TestServer)app.Services.GetRequiredService<IServer>()).CreateClient();
        http.BaseAddress = new(origin);
        using var door = await http.GetAsync("/sign-in");
        var form = new HtmlParser().ParseDocument(await door.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Add("Cookie", door.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        using var content = new FormUrlEncodedContent(
        [
            new("Form.UserName", "anna"), new("Form.Password", Password),
            new("__RequestVerificationToken", form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!),
        ]);
        using var answer = await http.PostAsync("/sign-in", content);
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("platform-session=", StringComparison.Ordinal));
    }
}
