using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.UserManagement;

public sealed class AccountTests
{
    private static readonly DateOnly Today = new(2021, 11, 15);

    private const string OwnPassword = "una password solo mia";

    [Fact]
    public void A_role_in_a_scope_is_held_once_on_any_day()
    {
        var account = Someone();
        var gp = new Assignment(Role.Gp, new(ScopeKind.GpList, "990007"));
        account.Assign(gp, Today, Today.AddDays(10), TestClock.Start);
        Assert.Equal("already-assigned", Assert.Throws<Refusal>(() => account.Assign(gp, Today.AddDays(10), null, TestClock.Start)).Code);
        account.Assign(gp, Today.AddDays(11), null, TestClock.Start);
        account.Assign(gp with { Scope = new(ScopeKind.GpList, "990014") }, Today, null, TestClock.Start);
        Assert.Equal(3, account.Assignments.Count);
    }

    [Fact]
    public void Nobody_locks_herself_out()
    {
        var account = Someone();
        var role = account.Assign(new(Role.Administrator, new(ScopeKind.Region, "010")), Today, null, TestClock.Start);
        Assert.Equal("own-account", Assert.Throws<Refusal>(() => account.Deactivate(account.Id, TestClock.Start)).Code);
        Assert.Equal("own-account", Assert.Throws<Refusal>(() => account.End(role.Id, account.Id, Today)).Code);
        account.End(role.Id, null, Today);
        Assert.Equal(Today.AddDays(-1), role.ValidTo);
    }

    [Theory, OnEachEngine]
    public async Task An_assignment_opens_pages_from_its_first_day_to_its_last(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var administrator = As.Administrator();
        var added = await app.Send(Anna(), administrator);
        await app.Send(new AssignRole
        {
            AccountId = added.AccountId, Role = Role.Administrator, Scope = "Region:010", From = Today.AddDays(1), To = Today.AddDays(2),
        }, administrator);
        await app.Db<UserManagementDb, int>(db => db.Assignments.ExecuteUpdateAsync(set => set.SetProperty(r => r.State, AssignmentState.Given)));
        await app.Visitor().ChooseFirstPassword("anna", added.Password!, OwnPassword);
        async Task<HttpStatusCode> Status()
        {
            var visitor = app.Visitor();
            await visitor.SignIn("anna", OwnPassword);
            return (await visitor.Open("/users")).Status;
        }

        Assert.Equal(HttpStatusCode.Forbidden, await Status());
        // Midnight is Italy's, not the clock's: 23:30 UTC is already the next day here.
        app.Clock.Set(new(2021, 11, 15, 23, 30, 0, TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.OK, await Status());
        app.Clock.Set(new(2021, 11, 17, 22, 30, 0, TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.OK, await Status());
        app.Clock.Set(new(2021, 11, 17, 23, 30, 0, TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.Forbidden, await Status());
    }

    [Theory, OnEachEngine]
    public async Task The_administrator_makes_an_account_whose_password_is_shown_once(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var administrator = await app.SignedIn(As.Administrator());
        var made = await administrator.Submit(await administrator.Open("/users/new"), "Crea l’utente",
            ("Nome e cognome", "Anna Prova"), ("Nome utente", "anna"), ("E-mail", "anna@example.org"),
            ("Profilo", "Sisp"), ("Ambito", "Asl:010301"), ("Invita per e-mail", "off"));
        Assert.Equal(HttpStatusCode.OK, made.Status);
        var password = made.Page.QuerySelector("main code")!.TextContent;
        await app.Visitor().ChooseFirstPassword("anna", password, OwnPassword);

        var detail = await administrator.Open(made.Link("Apri l’utente"));
        Assert.Contains("Operatore SISP", detail.Text, StringComparison.Ordinal);
        Assert.Contains("ASL Città di Torino", detail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(password, detail.Text, StringComparison.Ordinal);

        var off = await administrator.Submit(detail, "Disattiva");
        Assert.Contains("Disattivato", off.Text, StringComparison.Ordinal);
        Assert.True((await administrator.Submit(off, "Riattiva")).HasButton("Disattiva"));
        var reset = await administrator.Submit(await administrator.Open(detail.Address), "Nuova password");
        var newPassword = reset.Page.QuerySelector("main code")!.TextContent;
        Assert.NotEqual(password, newPassword);
        await app.Visitor().ChooseFirstPassword("anna", newPassword, OwnPassword);
        Assert.Contains("Anna Prova", (await administrator.Open("/users?q=prov%C3%A0+anna&role=Sisp")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task What_is_wrong_with_a_new_account_is_said_beside_the_field(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var administrator = await app.SignedIn(As.Administrator());
        await app.Send(Anna(), As.Administrator());
        var wrong = await administrator.Submit(await administrator.Open("/users/new"), "Crea l’utente",
            ("Nome e cognome", "Anna Altra"), ("Nome utente", "anna"), ("E-mail", "non-un-indirizzo"), ("Profilo", "Gp"), ("Ambito", "Asl:010301"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("Questo ambito non si addice al profilo", wrong.Text, StringComparison.Ordinal);
        Assert.Equal("Anna Altra", wrong.ValueOf("Nome e cognome"));
        wrong = await administrator.Submit(wrong, "Crea l’utente", ("Profilo", "Sisp"));
        Assert.Contains("Questo nome utente è già in uso.", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Questo non è un indirizzo e-mail.", wrong.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task The_same_form_sent_twice_makes_one_account(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var form = Anna();
        var first = await app.Send(form, As.Administrator());
        var second = await app.Send(form, As.Administrator());
        Assert.Equal(first.AccountId, second.AccountId);
        Assert.Null(second.Password);
        Assert.Equal(1, await app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task Who_changes_her_password_stays_inside_and_her_other_sessions_end(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var added = await app.Send(Anna(), As.Administrator());
        var (here, elsewhere) = (app.Visitor(), app.Visitor());
        await here.ChooseFirstPassword("anna", added.Password!, OwnPassword);
        await elsewhere.SignIn("anna", OwnPassword);
        var page = await here.Open("/account");
        var wrong = await here.Submit(page, "Cambia la password",
            ("Password attuale", "non è questa"), ("Nuova password", "corta"), ("Ripeta", "corta"));
        Assert.Equal("La password attuale non è corretta.", wrong.ErrorOf("Password attuale"));
        var done = await here.Submit(wrong, "Cambia la password",
            ("Password attuale", OwnPassword), ("Nuova password", "una frase mia, lunga"), ("Ripeta", "una frase mia, lunga"));
        Assert.Equal("/account", done.Address);
        Assert.Contains("La password è cambiata", done.Text, StringComparison.Ordinal);
        Assert.Equal("/account", (await here.Open("/account")).Address);
        Assert.StartsWith("/sign-in", (await elsewhere.Open("/account")).Address, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task The_administrator_makes_a_key_that_is_shown_once_and_revokes_it(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var administrator = await app.SignedIn(As.Administrator());
        var made = await administrator.Submit(await administrator.Open("/users/api-clients"), "Crea il client",
            ("Nome del client", "LIS di prova"), ("Struttura", "Lab:LAB-001"));
        var key = made.Page.QuerySelector("main .panel code")!.TextContent;
        using var machine = app.Anonymous();
        machine.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await machine.GetAsync("/api/v1/me")).StatusCode);
        var list = await administrator.Open("/users/api-clients");
        Assert.DoesNotContain(key, list.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        await administrator.Submit(await administrator.Open(list.Link("LIS di prova")), "Revoca");
        Assert.Equal(HttpStatusCode.Unauthorized, (await machine.GetAsync("/api/v1/me")).StatusCode);
    }

    [Theory, OnEachEngine]
    public async Task Nobody_but_the_administrator_manages_accounts_and_reads_the_audit(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        foreach (var who in new[] { As.Gp("990007"), As.Sisp("010301"), As.Hotspot("HS-001"), As.Lab("LAB-001"), As.LabSystem("LAB-001") })
        {
            Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new AccountList(null, null), who))).Code);
            Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Anna(), who))).Code);
            Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
                new Platform.UserManagement.AuditLog.SearchAudit(null, null, null), who))).Code);
        }
    }

    [Theory, OnEachEngine]
    public async Task The_demonstration_has_an_account_for_each_role_and_its_sign_in_page_says_so(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine, ("Demo:Enabled", "true"), ("Demo:People", "20"));
        foreach (var account in new DemoCast(app.Region, app.Services.GetService(typeof(Microsoft.Extensions.Configuration.IConfiguration)) as Microsoft.Extensions.Configuration.IConfiguration ?? throw new InvalidOperationException()).Accounts)
            await app.Send(new CreateAccount(account.UserName, DemoCast.Password, account.DisplayName, account.Email, "it", [new(account.Role, account.Scope)]));
        var visitor = app.Visitor();
        var door = await visitor.Open("/sign-in");
        Assert.Contains("Dimostrazione", door.Text, StringComparison.Ordinal);
        foreach (var name in new[] { "medico", "pediatra", "sisp", "hotspot", "laboratorio", "gestore-asl", "amministratore" })
        {
            var filled = await visitor.Open(door.Link(name));
            Assert.Equal(name, filled.ValueOf("Nome utente"));
            var inside = app.Visitor();
            await inside.SignIn(name, DemoCast.Password);
        }

        await using var real = await PlatformApp.Start(engine);
        Assert.DoesNotContain("Dimostrazione", (await real.Visitor().Open("/sign-in")).Text, StringComparison.Ordinal);
    }

    private static AddAccount Anna() => new()
    {
        Id = Guid.CreateVersion7(), UserName = "anna", DisplayName = "Anna Prova", Email = "anna@example.org", Role = Role.Sisp, Scope = "Asl:010301",
    };

    private static Account Someone() => new()
    {
        Id = Guid.CreateVersion7(), DisplayName = "Anna", SearchName = "ANNA", Language = "it", CreatedAt = TestClock.Start.UtcDateTime,
    };
}
