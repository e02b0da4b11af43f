using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.SecondFactor;
using Platform.UserManagement.Sessions;

namespace Platform.Tests.UserManagement;

public sealed class SecondFactorTests
{
    private const string Password = "una-frase-lunga-7";

    [Theory, OnEachEngine]
    public async Task Where_it_is_compulsory_nobody_is_inside_before_the_telephone_is_linked(Engine engine)
    {
        await using var app = await Compulsory(engine);
        var visitor = app.Visitor();
        var setUp = await SignIn(visitor);
        Assert.StartsWith("/sign-in/second-factor", setUp.Address, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in?", (await visitor.Open("/account")).Address, StringComparison.Ordinal);

        var wrong = await visitor.Submit(setUp, "Collega il telefono", ("Codice di sei cifre", "000000"));
        Assert.Contains("Il codice non corrisponde", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(KeyOn(setUp), KeyOn(wrong)); // What she has scanned already still counts.
        var codes = await visitor.Submit(wrong, "Collega il telefono", ("Codice di sei cifre", CodeNow(app, KeyOn(wrong))));
        Assert.Equal(RecoveryCode.HowMany, codes.Page.QuerySelectorAll("ul.codes code").Length);
        Assert.Equal("/account", (await visitor.Open("/account")).Address);
    }

    [Theory, OnEachEngine]
    public async Task The_password_alone_opens_nothing_and_the_code_opens(Engine engine)
    {
        await using var app = await Compulsory(engine);
        var (key, _) = await Link(app);
        var visitor = app.Visitor();
        var code = await SignIn(visitor);
        Assert.StartsWith("/sign-in/code", code.Address, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in?", (await visitor.Open("/account")).Address, StringComparison.Ordinal);
        var inside = await visitor.Submit(code, "Continua", ("Codice", CodeNow(app, key)));
        Assert.Equal("/", inside.Address);
        Assert.Equal("/account", (await visitor.Open("/account")).Address);
    }

    [Theory, OnEachEngine]
    public async Task No_code_is_taken_twice_and_an_old_one_not_at_all(Engine engine)
    {
        await using var app = await Compulsory(engine);
        var (key, _) = await Link(app);
        var code = CodeNow(app, key);
        Assert.True(await Enters(app, code));
        Assert.False(await Enters(app, code));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await Enters(app, code));
        Assert.True(await Enters(app, CodeNow(app, key)));
    }

    [Theory, OnEachEngine]
    public async Task Of_a_code_that_is_used_again_she_is_told_by_mail(Engine engine)
    {
        await using var app = await Compulsory(engine);
        var (key, _) = await Link(app);
        var code = CodeNow(app, key);
        Assert.True(await Enters(app, code));
        Assert.False(await Enters(app, "000000"));
        Assert.False(await Enters(app, code));
        await app.Drain();
        Assert.Single((await app.Db<Platform.Notifications.NotificationsDb, List<Platform.Notifications.Mails.Mail>>(db => db.Mails.AsNoTracking().ToListAsync())), m => m.Subject == "Un accesso a suo nome è stato respinto");
    }

    [Theory, OnEachEngine]
    public async Task Five_wrong_codes_lock_the_account_also_with_the_right_password_in_between(Engine engine)
    {
        await using var app = await Compulsory(engine);
        var (key, _) = await Link(app);
        for (var i = 0; i < 5; i++)
            Assert.False(await Enters(app, "000000"));
        Assert.False(await Enters(app, CodeNow(app, key)));
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.True(await Enters(app, CodeNow(app, key)));
        Assert.Contains(await app.Db<UserManagementDb, List<SignInRow>>(db => db.SignIns.ToListAsync()), s => !s.Succeeded);
    }

    [Theory, OnEachEngine]
    public async Task A_recovery_code_opens_once_and_new_ones_replace_the_old(Engine engine)
    {
        await using var app = await Compulsory(engine);
        var (key, recovery) = await Link(app);
        Assert.True(await Enters(app, recovery[0].ToLowerInvariant()));
        Assert.False(await Enters(app, recovery[0]));

        var visitor = app.Visitor();
        await visitor.Submit(await SignIn(visitor), "Continua", ("Codice", CodeNow(app, key)));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var account = await visitor.Open("/account");
        Assert.Contains("Codici di recupero rimasti: 9", account.Text, StringComparison.Ordinal);
        var renewed = await visitor.Submit(account, "Nuovi codici di recupero", ("Codice dell’app", CodeNow(app, key)));
        var codes = renewed.Page.QuerySelectorAll("ul.codes code").Select(c => c.TextContent).ToList();
        Assert.Equal(RecoveryCode.HowMany, codes.Count);
        Assert.False(await Enters(app, recovery[1]));
        Assert.True(await Enters(app, codes[0]));
    }

    [Theory, OnEachEngine]
    public async Task The_administrator_resets_a_lost_telephone_and_its_sessions_end_but_never_her_own(Engine engine)
    {
        await using var app = await Compulsory(engine);
        var (key, recovery) = await Link(app);
        var visitor = app.Visitor();
        await visitor.Submit(await SignIn(visitor), "Continua", ("Codice", CodeNow(app, key)));
        var anna = await app.Db<UserManagementDb, Guid>(db => db.Accounts.Select(a => a.Id).SingleAsync());
        await app.Send(new ResetSecondFactor(anna), As.Administrator());
        Assert.StartsWith("/sign-in?", (await visitor.Open("/account")).Address, StringComparison.Ordinal);
        var again = await SignIn(app.Visitor());
        Assert.StartsWith("/sign-in/second-factor", again.Address, StringComparison.Ordinal);
        Assert.Equal(0, await app.Db<UserManagementDb, int>(db => db.RecoveryCodes.CountAsync()));
        Assert.NotEmpty(recovery);

        var own = new Identity(anna, "Anna", [new(Role.Administrator, new(ScopeKind.Region, "010"))]);
        await Assert.ThrowsAsync<Refusal>(() => app.Send(new ResetSecondFactor(anna), own));
    }

    [Theory, OnEachEngine]
    public async Task The_secret_lies_sealed_in_the_database_and_another_s_offer_links_nothing(Engine engine)
    {
        await using var app = await Compulsory(engine);
        var secrets = app.Services.GetRequiredService<SecondFactorSecrets>();
        var foreign = secrets.Offer(Guid.CreateVersion7(), Totp.NewSecret());
        Assert.Null(secrets.Offered(Guid.CreateVersion7(), foreign));
        Assert.Null(secrets.Offered(Guid.CreateVersion7(), "niente"));
        var (key, _) = await Link(app);
        var kept = await app.Db<UserManagementDb, string>(db => db.Database.SqlQueryRaw<string>(
            engine == Engine.Sqlite ? "SELECT totp_secret AS \"Value\" FROM accounts" : "SELECT totp_secret AS \"Value\" FROM users.accounts").SingleAsync());
        Assert.StartsWith("1:", kept, StringComparison.Ordinal);
        var account = await app.Db<UserManagementDb, Account>(db => db.Accounts.SingleAsync());
        Assert.Equal(key.Replace(" ", "", StringComparison.Ordinal), Totp.Base32(SecondFactorSecrets.Of(account)));
    }

    [Theory, OnEachEngine]
    public async Task A_password_made_by_somebody_else_is_changed_before_one_is_inside(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var shown = await app.Send(
            new AddAccount
            {
                Id = Guid.CreateVersion7(), UserName = "nuova", DisplayName = "Nuova Utente", Email = "nuova@example.org", Role = Role.Sisp, Scope = "Asl:010301",
            }, As.Administrator());
        var visitor = app.Visitor();
        var choose = await visitor.Submit(await visitor.Open("/sign-in?returnUrl=%2Faccount"), "Accedi", ("Nome utente", "nuova"), ("Password", shown.Password!));
        Assert.StartsWith("/sign-in/new-password", choose.Address, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in?", (await visitor.Open("/account")).Address, StringComparison.Ordinal);
        var same = await visitor.Submit(choose, "Continua", ("Nuova password", shown.Password!), ("Ripeta", shown.Password!));
        Assert.Contains("diversa da quella", same.Text, StringComparison.Ordinal);
        var tooShort = await visitor.Submit(same, "Continua", ("Nuova password", "breve"), ("Ripeta", "breve"));
        Assert.Contains("almeno 12 caratteri", tooShort.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/account", (await visitor.Submit(tooShort, "Continua", ("Nuova password", Password), ("Ripeta", Password))).Address);

        var later = app.Visitor();
        await later.SignIn("nuova", Password);
        Assert.Equal("/account", (await later.Open("/account")).Address);
    }

    [Theory, OnEachEngine]
    public async Task After_a_quarter_of_an_hour_the_half_done_sign_in_is_over(Engine engine)
    {
        await using var app = await Compulsory(engine);
        var (key, _) = await Link(app);
        var visitor = app.Visitor();
        var code = await SignIn(visitor);
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.StartsWith("/sign-in?", (await visitor.Submit(code, "Continua", ("Codice", CodeNow(app, key)))).Address, StringComparison.Ordinal);
    }

    private static async Task<PlatformApp> Compulsory(Engine engine)
    {
        var app = await PlatformApp.Start(engine, (SecondFactorRule.Setting, "Compulsory"));
        await app.Send(new CreateAccount("anna", Password, "Anna", "anna@example.org", "it", [new(Role.Sisp, new(ScopeKind.Asl, "010301"))]));
        return app;
    }

    private static async Task<Screen> SignIn(Visitor visitor) =>
        await visitor.Submit(await visitor.Open("/sign-in"), "Accedi", ("Nome utente", "anna"), ("Password", Password));

    /// <returns>The key and the recovery codes; a minute later, so that a new code is due.</returns>
    private static async Task<(string Key, List<string> Recovery)> Link(PlatformApp app)
    {
        var visitor = app.Visitor();
        var setUp = await SignIn(visitor);
        var key = KeyOn(setUp);
        var codes = await visitor.Submit(setUp, "Collega il telefono", ("Codice di sei cifre", CodeNow(app, key)));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        return (key, [.. codes.Page.QuerySelectorAll("ul.codes code").Select(c => c.TextContent)]);
    }

    private static async Task<bool> Enters(PlatformApp app, string code)
    {
        var visitor = app.Visitor();
        var screen = await SignIn(visitor);
        return screen.Address.StartsWith("/sign-in/code", StringComparison.Ordinal)
            && (await visitor.Submit(screen, "Continua", ("Codice", code))).Address == "/";
    }

    private static string KeyOn(Screen screen) => Regex.Match(screen.Text, @"Chiave: ([A-Z2-7 ]+)\b").Groups[1].Value.Trim();

    // What an authenticator does with the key.
    private static string CodeNow(PlatformApp app, string key)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Where(char.IsLetterOrDigit).Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, Totp.SecretBytes).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        return Totp.CodeOf(secret, Totp.StepAt(app.Clock.Now));
    }
}
