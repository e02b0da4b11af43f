using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.Tests.Walls;
using Platform.UserManagement;

namespace Platform.Tests.BuildingBlocks;

/// <summary>Forms that send mails, make accounts or register people are not filled in faster than people do (OWASP ASVS 11.1.2).</summary>
public sealed class FormPaceTests
{
    [Fact]
    public async Task Beyond_so_many_a_minute_the_form_waits_and_keeps_what_was_typed()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, ("RateLimit:FormsPerMinute", "2"));
        var (visitor, colleague) = (await app.SignedIn(As.Administrator()), await app.SignedIn(As.LocalAdministrator(ScopeKind.Asl, "010301")));
        var before = await Accounts(app);
        foreach (var name in new[] { "uno", "due" })
            Assert.Equal(HttpStatusCode.OK, (await Add(visitor, name)).Status);
        var third = await Add(visitor, "tre");
        Assert.Contains("Ha inviato questo modulo 2 volte in un minuto", third.Text, StringComparison.Ordinal);
        Assert.Equal("tre", third.ValueOf("Nome utente"));
        Assert.Equal(before + 2, await Accounts(app));

        // Somebody else is not held up, nor she after the minute.
        Assert.Equal(HttpStatusCode.OK, (await Add(colleague, "quattro")).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await Add(visitor, "tre")).Status);
        Assert.Equal(before + 4, await Accounts(app));
    }

    [Fact]
    public void Each_form_that_is_held_to_it_is_known() =>
        Assert.Equal(
            ["AddAccount", "AddApiClient", "AddToSchool", "AskArchive", "AskNewEmail", "DeliverAgain", "GiveCode", "GiveFetchCode", "GrantDelegation", "InviteAgain", "OpenConversation", "RegisterPerson", "Reply", "RequestSwab", "ScanPreregistration", "SendMailAgain", "SendReport", "StartQuickSwab"],
            Rooms.Requests.Where(r => r.IsAssignableTo(typeof(IPaced))).Select(r => r.Name).Order(StringComparer.Ordinal));

    private static async Task<Screen> Add(Visitor visitor, string name) => await visitor.Submit(await visitor.Open("/users/new"), "Crea l’utente",
        ("Nome utente", name), ("Nome e cognome", "Prova Prova"), ("E-mail", name + "@example.org"), ("Profilo", nameof(Role.Sisp)), ("Ambito", "Asl:010301"));

    private static Task<int> Accounts(PlatformApp app) => app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync());
}
