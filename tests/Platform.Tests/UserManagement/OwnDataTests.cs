using System.Net;
using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.AccessLinks;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Approvals;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.Delegations;

namespace Platform.Tests.UserManagement;

public sealed class OwnDataTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TestClock.Start.UtcDateTime);

    [Theory, OnEachEngine]
    public async Task An_address_is_hers_once_she_has_opened_the_link_that_went_there(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var anna = await app.SignedIn(As.Sisp("010301"));
        var wrong = await anna.Submit(await anna.Open("/account"), "Cambia l’indirizzo", ("Nuovo indirizzo e-mail", "nuovo@example.org"), ("La sua password", "non-è-questa-1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        await anna.Submit(await anna.Open("/account"), "Cambia l’indirizzo", ("Nuovo indirizzo e-mail", "nuovo@example.org"), ("La sua password", PlatformApp.Password));
        await app.Drain();
        Assert.Equal("sisp.010301@example.org", await EmailOf(app));
        var (to, body) = await LastMail(app);
        Assert.Equal("nuovo@example.org", to);
        var path = new Uri(Regex.Match(body, @"\S+/account/email/\S+").Value).AbsolutePath;

        // Neither kind of link does what the other does.
        var token = path.Split('/')[^1];
        Assert.Equal(HttpStatusCode.NotFound, (await anna.Open("/access/" + token)).Status);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new UseAccessLink { Token = token, New = "una-frase-lunga-7", Again = "una-frase-lunga-7" }))).Kind);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var reader = app.Visitor();
        await reader.Submit(await reader.Open(path), "Conferma");
        await app.Drain();
        Assert.Equal("nuovo@example.org", await EmailOf(app));
        Assert.Equal("sisp.010301@example.org", (await LastMail(app)).To);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().Open(path)).Status);
    }

    [Theory, OnEachEngine]
    public async Task A_name_is_corrected_by_oneself_and_both_by_who_administers_and_nobody_else(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var anna = await app.SignedIn(As.Sisp("010301"));
        Assert.Contains("Anna Verdi", (await anna.Submit(await anna.Open("/account"), "Salva il nome", ("Nome e cognome", "Anna Verdi"))).Text, StringComparison.Ordinal);
        var id = await app.Db<UserManagementDb, Guid>(db => db.Accounts.Where(a => a.DisplayName == "Anna Verdi").Select(a => a.Id).SingleAsync());
        await app.Send(new CreateAccount("altra", PlatformApp.Password, "Altra", "altra@example.org", "it", [new(Role.Sisp, new(ScopeKind.Asl, "010203"))]));
        var correction = new CorrectAccount { AccountId = id, DisplayName = "Anna Bianchi", Email = "anna.bianchi@example.org" };
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(correction, As.LocalAdministrator(ScopeKind.Asl, "010203")))).Kind);
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(correction, As.Sisp("010301")))).Code);
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(correction with { Email = "altra@example.org" }, As.LocalAdministrator(ScopeKind.Asl, "010301")));
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(correction with { Email = "non è un indirizzo" }, As.Administrator()));
        await app.Send(correction, As.LocalAdministrator(ScopeKind.Asl, "010301"));
        Assert.Equal(1, await app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync(a => a.Id == id && a.Email == "anna.bianchi@example.org" && a.SearchName.Contains("BIANCHI"))));
        Assert.Equal("sisp.010301@example.org", (await LastMail(app)).To);
        var administrator = await app.SignedIn(As.Administrator());
        Assert.Contains("Anna Neri", (await administrator.Submit(await administrator.Open($"/users/{id}/correct"), "Salva", ("Nome e cognome", "Anna Neri"))).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Who_holds_a_role_is_told_that_it_was_approved_refused_lent_or_taken_back(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var giver = As.Administrator();
        var second = giver with { Id = Guid.CreateVersion7(), DisplayName = "Seconda" };
        async Task Decide(string name, bool approved)
        {
            await app.Send(new AddAccount { Id = Guid.CreateVersion7(), UserName = name, DisplayName = name, Email = $"{name}@example.org", Role = Role.Mayor, Scope = "Municipality:001272" }, giver);
            var waiting = Assert.Single(await app.Send(new AwaitingApproval(), second));
            await app.Send(new DecideAssignment(waiting.Row.Id, approved), second);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await Decide("sindaca", true);
        await Decide("sindaco", false);
        var list = new Assignment(Role.Gp, new(ScopeKind.GpList, "990007"));
        var owner = new Identity(await app.Send(new CreateAccount("titolare", PlatformApp.Password, "Titolare", "t@example.org", "it", [list])), "Titolare", [list]);
        await app.Send(new CreateAccount("sostituta", PlatformApp.Password, "Sostituta", "s@example.org", "it", [new(Role.Gp, new(ScopeKind.GpList, "990014"))]));
        await app.Send(new GrantDelegation { List = "990007", Substitute = "sostituta", From = Today, To = Today.AddDays(9) }, owner);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Send(new RevokeDelegation(await app.Db<UserManagementDb, Guid>(db => db.Assignments.Where(r => r.DelegatedBy != null).Select(r => r.Id).SingleAsync())), owner);
        await app.Drain();
        var said = await app.Db<NotificationsDb, List<string>>(db => db.Messages.Select(m => m.Subject).ToListAsync());
        Assert.Equal(
        [
            "Il profilo che ha dato a {0} è stato approvato da {1}.", "Il profilo che ha dato a {0} è stato rifiutato da {1}.",
            "Il profilo che le era stato dato ({0}, {1}) non è stato approvato.", "Il suo profilo ({0}, {1}) è stato approvato e vale dal {2}.",
            "{0} ha revocato la delega che le aveva dato.", "{0} le ha dato una delega ({1}) dal {2} al {3}.",
        ], said.Order(StringComparer.Ordinal));
    }

    private static Task<string> EmailOf(PlatformApp app) => app.Db<UserManagementDb, string>(db => db.Accounts.Where(a => a.UserName == "sisp.010301").Select(a => a.Email!).SingleAsync());

    private static async Task<(string To, string Body)> LastMail(PlatformApp app)
    {
        var mail = await app.Db<NotificationsDb, Platform.Notifications.Mails.Mail>(db => db.Mails.OrderByDescending(m => m.CreatedAt).FirstAsync());
        return (mail.ToAddress, mail.Body);
    }
}
