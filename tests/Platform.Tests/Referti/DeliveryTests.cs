using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Notifications;
using Platform.Notifications.Mails;
using Platform.Referti;
using Platform.Referti.Collection;
using Platform.Referti.Deliveries;
using Platform.Tests.Harness;
using Platform.Tests.Notifications;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>Who was told of a report, and what came of it.</summary>
public sealed partial class DeliveryTests
{
    [Theory, OnEachEngine]
    public async Task A_citizen_with_an_address_gets_a_mail_without_health_detail_whose_code_opens_the_report(Engine engine)
    {
        await using var server = new FakeMailServer();
        await using var app = await Start(engine, Mail(server));
        var sample = await app.Sample(await app.Person(email: "lucia@example.org"));
        await app.Take(Message("E1", sample.Person, sample.Number), sample.Lab);

        var mail = Assert.Single((await app.Db<NotificationsDb, List<Mail>>(db => db.Mails.ToListAsync())).FindAll(m => m.ToAddress == "lucia@example.org"));
        foreach (var secret in new[] { "Ferraris", "Lucia", "positiv", "tampon", "referto", "COVID", "laborator" })
            Assert.DoesNotContain(secret, mail.Subject + mail.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("https://platform.example.org/ritiro", mail.Body, StringComparison.Ordinal);
        var code = Code().Match(mail.Body).Value;
        Assert.Single((await app.Send(new FetchReport { Code = code, BirthDate = sample.Person.BirthDate, Address = "::1" })).Reports);

        var report = Assert.Single(await app.Reports());
        var deliveries = (await app.Send(new DeliveriesOf(report.Id), As.Gp(Gp))).Rows;
        Assert.Contains(deliveries, d => d is { Channel: DeliveryChannel.Email, State: DeliveryState.Done, Recipient: "citizen" });
        Assert.Contains(deliveries, d => d is { Channel: DeliveryChannel.Inbox, State: DeliveryState.Done, Recipient: "Asl:010301" });
        Assert.Contains(deliveries, d => d is { Channel: DeliveryChannel.Inbox, Recipient: "GpList:990007" });
        Assert.Contains("Consegne", (await (await app.SignedIn(As.Gp(Gp))).Open($"/referti/{report.Id}")).Text, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DeliveriesOf(report.Id), As.Gp("990008")))).Kind);
    }

    [Theory, OnEachEngine]
    public async Task A_mail_that_fails_is_listed_and_sent_again_or_becomes_a_letter(Engine engine)
    {
        await using var server = new FakeMailServer { RefusesWith = "550 no such mailbox" };
        await using var app = await Start(engine, Mail(server));
        var sample = await app.Sample(await app.Person(email: "lucia@example.org"));
        await app.Take(Message("F1", sample.Person, sample.Number), sample.Lab);
        var failed = Assert.Single((await app.Send(new DeliveryList(DeliveryState.Failed, null), As.Sisp(Asl))).Rows);
        Assert.StartsWith("550", failed.Error, StringComparison.Ordinal);
        Assert.Empty((await app.Send(new DeliveryList(null, null), As.Sisp("010203"))).Rows);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() =>
            app.Send(new DeliverAgain { Id = failed.Id, Channel = DeliveryChannel.Email }, As.Sisp("010203")))).Kind);

        server.RefusesWith = null;
        var sisp = await app.SignedIn(As.Sisp(Asl));
        await sisp.Submit(await sisp.Open("/referti/deliveries?State=Failed"), "Riprova per e-mail");
        await app.Drain();
        Assert.Equal((DeliveryState.Done, 2), Assert.Single((await app.Send(new DeliveryList(null, null), As.Sisp(Asl))).Rows) is var d ? (d.State, d.Attempts) : default);
        Assert.Equal("not-failed", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DeliverAgain { Id = failed.Id, Channel = DeliveryChannel.Letter }, As.Sisp(Asl)))).Code);
    }

    [Theory, OnEachEngine]
    public async Task Without_an_address_a_letter_waits_is_printed_once_and_can_be_printed_again(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("L1", sample.Person, sample.Number), sample.Lab);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        // Corrected before it was printed: one letter, which leads to what holds.
        await app.Take(Message("L2", sample.Person, sample.Number, NotDetected, status: "C"), sample.Lab);
        var waiting = Assert.Single((await app.Send(new DeliveryList(DeliveryState.Waiting, DeliveryChannel.Letter), As.Sisp(Asl))).Rows);
        Assert.Equal(2, waiting.ReportVersion);

        var run = Guid.CreateVersion7();
        var printed = await app.Send(new PrintLetters { Id = run, Address = "https://platform.example.org" }, As.Sisp(Asl));
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(printed.Pdf, 0, 5));
        Assert.Equal("no-letters", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new PrintLetters { Id = Guid.CreateVersion7() }, As.Sisp(Asl)))).Code);
        Assert.Equal(1, (await app.Send(new PrintLetters { Id = run }, As.Sisp(Asl))).Letters);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new PrintLetters { Id = run }, As.Sisp("010203")))).Kind);
        var list = await app.Send(new DeliveryList(null, null), As.Sisp(Asl));
        Assert.Equal((DeliveryState.Done, 2), Assert.Single(list.Rows) is var d ? (d.State, d.Attempts) : default);
        Assert.Equal((1, 2), Assert.Single((await app.Send(new LettersToPrint(), As.Sisp(Asl))).Runs) is var r ? (r.Letters, r.Times) : default);
        Assert.Equal(2, await app.Db<RefertiDb, int>(db => db.CollectionCodes.CountAsync(c => c.MadeFor == "letter")));
        var page = await (await app.SignedIn(As.Sisp(Asl))).Open("/referti/deliveries");
        Assert.True(page.HasButton("Ristampa"));
    }

    private static (string, string)[] Mail(FakeMailServer server) =>
    [
        ("Mail:Host", "127.0.0.1"), ("Mail:Port", server.Port.ToString(CultureInfo.InvariantCulture)),
        ("Mail:From", "noreply@platform.example.org"), ("Platform:Address", "https://platform.example.org/"),
    ];

    [GeneratedRegex("[2-9A-Z]{4}(-[2-9A-Z]{4}){3}")]
    private static partial Regex Code();
}
