using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Notifications.Contracts;
using Platform.Notifications.Mails;
using Platform.Tests.Harness;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.Notifications;

public sealed partial class MailTests
{
    [Theory, OnEachEngine]
    public async Task Everybody_who_holds_the_scope_gets_a_mail_in_her_language_that_says_nothing_of_anybody(Engine engine)
    {
        await using var server = new FakeMailServer();
        await using var app = await Start(engine, server);
        await Operator(app, "anna", "it", "010301");
        await Operator(app, "betty", "en", "010301");
        await Operator(app, "carla", "it", "010203");
        await app.Send(Positive());
        await app.Drain();

        Assert.Equal(["anna@example.org", "betty@example.org"], server.Taken.Select(m => m.To).Order(StringComparer.Ordinal));
        var (italian, english) = (Readable(server.Taken.Single(m => m.To.StartsWith("anna", StringComparison.Ordinal)).Text), Readable(server.Taken.Single(m => m.To.StartsWith("betty", StringComparison.Ordinal)).Text));
        Assert.Contains("nuovo messaggio per lei", italian, StringComparison.Ordinal);
        Assert.Contains("new message for you", english, StringComparison.Ordinal);
        foreach (var text in new[] { italian, english })
        {
            Assert.Contains("https://platform.example.org/inbox", text, StringComparison.Ordinal);
            foreach (var secret in new[] { "Rossi", "positiv", "tampon", "swab", "referto", "/referti/" })
                Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.All(await Mails(app), m => Assert.Equal(MailState.Sent, m.State));
    }

    [Theory, OnEachEngine]
    public async Task A_mail_that_the_server_cannot_take_now_is_sent_again_later_and_once(Engine engine)
    {
        await using var server = new FakeMailServer { RefusesWith = "451 try later" };
        await using var app = await Start(engine, server);
        await Operator(app, "anna", "it", "010301");
        await app.Send(Positive());
        await app.Drain();
        var mail = Assert.Single(await Mails(app));
        Assert.Equal((MailState.Waiting, 1), (mail.State, mail.AttemptCount));
        Assert.StartsWith("451", mail.LastError, StringComparison.Ordinal);
        Assert.Equal(app.Clock.Now.UtcDateTime.AddMinutes(1), mail.DueAt);

        server.RefusesWith = null;
        await RunJob(app);
        Assert.Empty(server.Taken);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await RunJob(app);
        await RunJob(app);
        Assert.Single(server.Taken);
        Assert.Equal(MailState.Sent, Assert.Single(await Mails(app)).State);
    }

    [Theory, OnEachEngine]
    public async Task A_mailbox_that_does_not_exist_fails_at_once_and_can_be_sent_again_by_hand(Engine engine)
    {
        await using var server = new FakeMailServer { RefusesWith = "550 no such mailbox" };
        await using var app = await Start(engine, server);
        await Operator(app, "anna", "it", "010301");
        await app.Send(Positive());
        await app.Drain();
        Assert.Equal(MailState.Failed, Assert.Single(await Mails(app)).State);

        server.RefusesWith = null;
        var administrator = await app.SignedIn(As.Administrator());
        var outbox = await administrator.Open("/notifications/outbox?state=Failed");
        Assert.Contains("550", outbox.Text, StringComparison.Ordinal);
        await administrator.Submit(outbox, "Invia di nuovo");
        await app.Drain();
        Assert.Single(server.Taken);
    }

    [Theory, OnEachEngine]
    public async Task A_server_that_is_not_there_is_tried_with_growing_pauses_until_the_mail_fails(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine, ("Mail:Host", "127.0.0.1"), ("Mail:Port", "1"));
        await Operator(app, "anna", "it", "010301");
        await app.Send(Positive());
        await app.Drain();
        for (var attempt = 1; attempt < Mail.Attempts; attempt++)
        {
            Assert.Equal(attempt, Assert.Single(await Mails(app)).AttemptCount);
            app.Clock.Advance(Mail.PauseAfter(attempt));
            await RunJob(app);
        }

        Assert.Equal((MailState.Failed, Mail.Attempts), (Assert.Single(await Mails(app)).State, Assert.Single(await Mails(app)).AttemptCount));
    }

    [Theory, OnEachEngine]
    public async Task Without_a_mail_server_the_mails_stay_in_the_outbox_page(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Operator(app, "anna", "it", "010301");
        await app.Send(Positive());
        await app.Drain();
        await RunJob(app);
        var outbox = await (await app.SignedIn(As.Administrator())).Open("/notifications/outbox");
        Assert.Contains("anna@example.org", outbox.Text, StringComparison.Ordinal);
        Assert.Contains("Nessun server di posta è configurato", outbox.Text, StringComparison.Ordinal);
        Assert.Equal(MailState.Waiting, Assert.Single(await Mails(app)).State);
    }

    [Theory, OnEachEngine]
    public async Task A_citizens_mail_is_posted_once_and_no_address_can_carry_a_header(Engine engine)
    {
        await using var server = new FakeMailServer();
        await using var app = await Start(engine, server);
        var mail = new PostMail(Guid.CreateVersion7(), "citizen@example.org", "Nuovo messaggio nella piattaforma", "Un documento è pronto.", Guid.CreateVersion7());
        await app.Send(mail);
        await app.Send(mail);
        await app.Drain();
        Assert.Single(server.Taken);
        foreach (var address in new[] { "citizen@example.org\r\nBcc: all@example.org", "nobody", "" })
            await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(mail with { Id = Guid.CreateVersion7(), Address = address }));
    }

    /// <summary>Greeting, encryption and sign-in are once for many mails, and one that is refused does not stop those behind it.</summary>
    [Theory, OnEachEngine]
    public async Task Many_mails_go_over_few_connections_and_one_that_is_refused_stops_no_other(Engine engine)
    {
        await using var server = new FakeMailServer { RefusedAddress = "p2@example.org" };
        await using var app = await Start(engine, server);
        await app.Send(new PostMails([.. Enumerable.Range(1, 60).Select(i => new PostMail(Guid.CreateVersion7(), $"p{i}@example.org", "Invito alla piattaforma regionale", "Prova.", null))]));
        await app.Drain();

        Assert.Equal(Enumerable.Range(1, 60).Where(i => i != 2).Select(i => $"p{i}@example.org").Order(StringComparer.Ordinal), server.Taken.Select(m => m.To).Order(StringComparer.Ordinal));
        var refused = Assert.Single(await Mails(app), m => m.State != MailState.Sent);
        Assert.Equal((MailState.Waiting, "p2@example.org"), (refused.State, refused.ToAddress));
        Assert.Equal(3, server.Greeted);
    }

    private static Task<PlatformApp> Start(Engine engine, FakeMailServer server) => PlatformApp.Start(engine,
        ("Mail:Host", "127.0.0.1"), ("Mail:Port", server.Port.ToString(CultureInfo.InvariantCulture)),
        ("Mail:From", "noreply@platform.example.org"), ("Platform:Address", "https://platform.example.org/"));

    private static Task<Guid> Operator(PlatformApp app, string name, string language, string asl) => app.Send(new CreateAccount(
        name, "una-frase-lunga-7", name, name + "@example.org", language, [new(Role.Sisp, new(ScopeKind.Asl, asl))]));

    private static PostMessage Positive() => new(
        Guid.CreateVersion7(), Recipient.Of(ScopeKind.Asl, "010301"), "referti.issued", MessagePriority.High,
        "Tampone positivo di {0}", ["Rossi Anna"], "/referti/1", Guid.CreateVersion7(), "report");

    private static Task<List<Mail>> Mails(PlatformApp app) => app.Db<NotificationsDb, List<Mail>>(db => db.Mails.AsNoTracking().ToListAsync());

    private static Task RunJob(PlatformApp app) =>
        ((JobRunner)app.Services.GetService(typeof(JobRunner))!).Run("notifications.send-mails", TestContext.Current.CancellationToken);

    /// <summary>Headers as they are, the body out of its transfer encoding.</summary>
    private static string Readable(string mail)
    {
        var parts = mail.ReplaceLineEndings("\n").Split("\n\n", 2);
        var body = parts[1];
        if (parts[0].Contains("base64", StringComparison.OrdinalIgnoreCase))
            body = Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\n", "", StringComparison.Ordinal)));
        else if (parts[0].Contains("quoted-printable", StringComparison.OrdinalIgnoreCase))
            body = Hex().Replace(body.Replace("=\n", "", StringComparison.Ordinal), m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString());
        return parts[0] + "\n\n" + body;
    }

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Hex();
}
