using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Notifications.Contracts;
using Platform.Notifications.Inbox;
using Platform.Notifications.Mails;
using Platform.Tests.Harness;
using Platform.UserManagement;

namespace Platform.Tests.Notifications;

public sealed class InboxTests
{
    [Theory, OnEachEngine]
    public async Task A_message_is_read_by_those_who_hold_the_scope_and_by_nobody_else(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Post(app, Recipient.Of(ScopeKind.GpList, "990007"), "Referto di {0}", "Rossi Anna");
        Assert.Equal("Referto di {0}", Assert.Single(await Inbox(app, As.Gp("990007"))).Subject);
        Assert.Empty(await Inbox(app, As.Gp("990014")));
        Assert.Empty(await Inbox(app, As.Sisp("010301")));
        Assert.Empty(await Inbox(app, As.LocalAdministrator(ScopeKind.GpList, "990007")));
        Assert.Empty(await Inbox(app, As.Administrator()));
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => Inbox(app, As.LabSystem("LAB-001")))).Code);
    }

    [Theory, OnEachEngine]
    public async Task A_message_to_an_account_is_for_that_account_alone(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var me = As.Sisp("010301");
        await Post(app, Recipient.Account(me.Id), "Per lei");
        Assert.Single(await Inbox(app, me));
        Assert.Empty(await Inbox(app, me with { Id = Guid.CreateVersion7() }));
    }

    [Theory, OnEachEngine]
    public async Task Positives_not_yet_acknowledged_come_first_then_the_newest(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var to = Recipient.Of(ScopeKind.Asl, "010301");
        var positive = await Post(app, to, "positivo", priority: MessagePriority.High);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await Post(app, to, "negativo");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await Post(app, to, "ultimo", priority: MessagePriority.Low);
        Assert.Equal(["positivo", "ultimo", "negativo"], (await Inbox(app, As.Sisp("010301"))).Select(m => m.Subject));

        await app.Send(new AcknowledgeMessages { Ids = [positive] }, As.Sisp("010301"));
        Assert.Equal(["ultimo", "negativo"], (await Inbox(app, As.Sisp("010301"))).Select(m => m.Subject));
        Assert.Equal(["ultimo", "negativo", "positivo"], (await Inbox(app, As.Sisp("010301"), all: true)).Select(m => m.Subject));
    }

    [Theory, OnEachEngine]
    public async Task Each_account_acknowledges_for_herself_and_only_what_she_may_see(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var id = await Post(app, Recipient.Of(ScopeKind.Asl, "010301"), "messaggio");
        var (me, colleague) = (As.Sisp("010301"), As.Sisp("010301") with { Id = Guid.CreateVersion7() });
        Assert.Equal(0, await app.Send(new AcknowledgeMessages { Ids = [id] }, As.Sisp("010203")));
        Assert.Equal(1, await app.Send(new AcknowledgeMessages { Ids = [id] }, me));
        Assert.Equal(0, await app.Send(new AcknowledgeMessages { Ids = [id] }, me));
        Assert.Empty(await Inbox(app, me));
        Assert.Single(await Inbox(app, colleague));
    }

    [Theory, OnEachEngine]
    public async Task Colleagues_see_who_took_note_of_what_is_urgent_and_when_and_what_nobody_has(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var to = Recipient.Of(ScopeKind.Asl, "010301");
        var taken = await Post(app, to, "preso", priority: MessagePriority.High);
        await Post(app, to, "aperto", priority: MessagePriority.High);
        await Post(app, to, "tranquillo");
        var (me, colleague) = (As.Sisp("010301"), As.Sisp("010301") with { Id = Guid.CreateVersion7(), DisplayName = "Collega" });
        await app.Send(new AcknowledgeMessages { Ids = [taken] }, colleague);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await app.Send(new AcknowledgeMessages { Ids = [taken] }, me);

        var row = Assert.Single(await Inbox(app, me, all: true), m => m.Id == taken);
        Assert.Equal(("Collega", (DateTime?)TestClock.Start.UtcDateTime), (row.TakenBy, row.TakenAt));
        Assert.Equal("aperto", Assert.Single((await app.Send(new InboxList(true, null, Untaken: true), colleague)).Rows).Subject);
        Assert.Empty((await app.Send(new InboxList(true, null, Untaken: true), As.Sisp("010203"))).Rows);

        var visitor = await app.SignedIn(me);
        var open = await visitor.Open((await visitor.Open("/")).Link("Urgenti di cui nessuno ha preso atto"));
        Assert.Single(open.Page.QuerySelectorAll("tbody tr"));
        var all = await visitor.Open("/inbox?show=All");
        Assert.Contains("Collega, 15/11/2021 10:00, e altri 1", all.Text, StringComparison.Ordinal);
        var takers = await visitor.Open(all.Link("Collega, 15/11/2021 10:00"));
        Assert.Equal(["15/11/2021 10:00Collega", $"15/11/2021 10:05{me.DisplayName}"], takers.Page.QuerySelectorAll(".events li").Select(l => l.TextContent.Trim()));
        Assert.Equal("not-found", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new Takers(taken), As.Sisp("010203")))).Code);
        var done = await visitor.Submit(open, "Prendi atto: aperto");
        Assert.Contains("Di ogni messaggio urgente qualcuno ha preso atto.", done.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task The_same_message_posted_again_is_one_message(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var message = Message(Recipient.Of(ScopeKind.Asl, "010301"), "una volta");
        await app.Send(message);
        await app.Send(message with { Subject = "due volte" });
        Assert.Equal("una volta", Assert.Single(await Inbox(app, As.Sisp("010301"))).Subject);
    }

    [Theory, OnEachEngine]
    public async Task A_link_to_another_site_is_refused(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        foreach (var link in new[] { "https://evil.example", "//evil.example", "javascript:alert(1)" })
            await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(Message(Recipient.Of(ScopeKind.Asl, "010301"), "x") with { Link = link }));
    }

    [Theory, OnEachEngine]
    public async Task The_page_shows_the_message_in_the_readers_language_and_acknowledges_it(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Post(app, Recipient.Of(ScopeKind.Asl, "010301"), "Nuovo messaggio nella piattaforma", priority: MessagePriority.High);
        await Post(app, Recipient.Of(ScopeKind.Asl, "010301"), "Messaggio di {0}", "Rossi Anna");
        var visitor = await app.SignedIn(As.Sisp("010301"), "en");
        Assert.Contains("New message in the platform", (await visitor.Open("/inbox")).Text, StringComparison.Ordinal);

        var italian = await app.SignedIn(As.Sisp("010301"));
        var home = await italian.Open("/");
        Assert.Contains("Messaggi urgenti da leggere", home.Text, StringComparison.Ordinal);
        Assert.Equal("2", home.Page.QuerySelector(".slim-inbox .count [aria-hidden]")!.TextContent);
        var inbox = await italian.Open(home.Link("Messaggi urgenti da leggere"));
        Assert.Equal(["Urgenti 1", "Normali 1", "A bassa priorità 0"], inbox.Page.QuerySelectorAll(".chips li").Select(l => l.TextContent.Trim()));
        Assert.Single((await italian.Open(inbox.Link("Urgenti 1"))).Page.QuerySelectorAll("tbody tr"));
        inbox = await italian.Open("/inbox?clear=1");
        Assert.Contains("Messaggio di Rossi Anna", inbox.Text, StringComparison.Ordinal);
        Assert.Equal(2, inbox.Page.QuerySelectorAll("tr.unread").Length);
        var after = await italian.Submit(inbox, "Prendi atto di tutti quelli in pagina");
        Assert.Contains("Preso atto di 2 messaggi.", after.Text, StringComparison.Ordinal);
        Assert.Contains("Ha preso atto di tutto.", after.Text, StringComparison.Ordinal);
        Assert.Contains("Letto", (await italian.Open("/inbox?show=All&group=report")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Writing_and_reading_a_message_about_somebody_leaves_its_lines_in_the_audit(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Post(app, Recipient.Of(ScopeKind.Asl, "010301"), "messaggio");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await Inbox(app, As.Sisp("010301"));
        await app.Drain();
        var acts = await app.Db<UserManagementDb, List<string>>(db => db.AuditLines.OrderBy(l => l.Sequence).Select(l => l.Action + " " + l.What).ToListAsync());
        Assert.Equal(["write notifications.InboxMessage", "read notifications.InboxList"], acts);
    }

    [Theory, OnEachEngine]
    public async Task The_outbox_is_the_administrators(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        foreach (var who in new[] { As.Gp("990007"), As.Sisp("010301"), As.Lab("LAB-001"), As.LabSystem("LAB-001") })
            Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new MailOutbox(null), who))).Code);
    }

    private static async Task<Guid> Post(
        PlatformApp app, Recipient to, string subject, string? argument = null, MessagePriority priority = MessagePriority.Normal)
    {
        var message = Message(to, subject) with { Arguments = argument is null ? [] : [argument], Priority = priority };
        await app.Send(message);
        return message.Id;
    }

    private static PostMessage Message(Recipient to, string subject) => new(
        Guid.CreateVersion7(), to, "test.message", MessagePriority.Normal, subject, [], "/inbox", Guid.CreateVersion7(), "report");

    private static async Task<IReadOnlyList<InboxRow>> Inbox(PlatformApp app, Identity who, bool all = false) =>
        (await app.Send(new InboxList(all, null), who)).Rows;
}
