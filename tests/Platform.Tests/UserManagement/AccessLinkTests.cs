using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Notifications.Mails;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.AccessLinks;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.SecondFactor;

namespace Platform.Tests.UserManagement;

public sealed class AccessLinkTests
{
    private const string Own = "una password solo mia";

    [Theory, OnEachEngine]
    public async Task Who_is_invited_chooses_her_password_by_the_link_once(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var link = await Invite(app);
        var visitor = app.Visitor();
        var form = await visitor.Open(link);
        Assert.Contains("Per il nome utente nuova", form.Text, StringComparison.Ordinal);
        var wrong = await visitor.Submit(form, "Continua", ("Nuova password", "breve"), ("Ripeta", "breve"));
        Assert.Contains("almeno 12 caratteri", wrong.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/", (await visitor.Submit(wrong, "Continua", ("Nuova password", Own), ("Ripeta", Own))).Address);
        Assert.Equal("/account", (await visitor.Open("/account")).Address);

        var again = await app.Visitor().Open(link);
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Contains("non vale più", again.Text, StringComparison.Ordinal);
        await app.Visitor().SignIn("nuova", Own);
    }

    [Theory, OnEachEngine]
    public async Task An_invitation_ends_after_seven_days_and_with_the_next_one(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var first = await Invite(app);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.Send(new InviteAgain(await app.Db<UserManagementDb, Guid>(db => db.Accounts.Select(a => a.Id).SingleAsync())), As.Administrator());
        await app.Drain();
        var second = await LastLink(app);
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open(second)).Status);
        app.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open(second)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open("/access/inventato")).Status);
    }

    [Theory, OnEachEngine]
    public async Task A_forgotten_password_is_asked_for_with_the_same_answer_for_all_and_chosen_within_the_hour(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await app.Send(new CreateAccount("anna", "una-frase-lunga-7", "Anna", "anna@example.org", "en", [new(Role.Sisp, new(ScopeKind.Asl, "010301"))]));
        var session = app.Visitor();
        await session.SignIn("anna", "una-frase-lunga-7");
        var answers = new List<string>();
        foreach (var name in new[] { "anna", "nessuna" })
        {
            var visitor = app.Visitor();
            answers.Add((await visitor.Submit(await visitor.Open("/forgot-password"), "Invia il collegamento", ("Nome utente", name))).Text);
        }

        Assert.Equal(answers[0], answers[1]);
        await app.Drain();
        var mail = Assert.Single(await app.Db<NotificationsDb, List<Mail>>(db => db.Mails.AsNoTracking().ToListAsync()));
        Assert.Equal("Choose a new password", mail.Subject); // Her language.
        var link = await LastLink(app);
        var reader = app.Visitor();
        Assert.Equal("/", (await reader.Submit(await reader.Open(link), "Continua", ("Nuova password", Own), ("Ripeta", Own))).Address);
        Assert.StartsWith("/sign-in", (await session.Open("/account")).Address, StringComparison.Ordinal);

        await app.Send(new AskNewPassword { UserName = "anna" });
        await app.Drain();
        var late = await LastLink(app);
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open(late)).Status);
    }

    [Theory, OnEachEngine]
    public async Task The_link_proves_the_address_and_not_the_telephone(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine, (SecondFactorRule.Setting, "Compulsory"));
        var visitor = app.Visitor();
        var after = await visitor.Submit(await visitor.Open(await Invite(app)), "Continua", ("Nuova password", Own), ("Ripeta", Own));
        Assert.StartsWith("/sign-in/second-factor", after.Address, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in?", (await visitor.Open("/account")).Address, StringComparison.Ordinal);
    }

    private static async Task<string> Invite(PlatformApp app)
    {
        var added = await app.Send(
            new AddAccount
            {
                Id = Guid.CreateVersion7(), UserName = "nuova", DisplayName = "Nuova Utente", Email = "nuova@example.org", Role = Role.Sisp, Scope = "Asl:010301", Invite = true,
            }, As.Administrator());
        Assert.Null(added.Password);
        await app.Drain();
        return await LastLink(app);
    }

    private static async Task<string> LastLink(PlatformApp app)
    {
        var bodies = await app.Db<NotificationsDb, List<string>>(db => db.Mails.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Select(m => m.Body).ToListAsync());
        return Regex.Match(bodies.First(b => b.Contains("/access/", StringComparison.Ordinal)), @"/access/[\w-]+").Value;
    }
}
