using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Operations;
using Platform.Notifications;
using Platform.Notifications.Inbox;
using Platform.Notifications.Mails;
using Platform.Tests.Harness;
using Platform.UserManagement.Alarms;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.BuildingBlocks;

public sealed class DiagnosisTests
{
    [Theory, OnEachEngine]
    public async Task The_page_shows_every_part_of_the_installation_in_both_languages(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var italian = (await (await app.SignedIn(As.Administrator())).Open("/operations")).Text;
        foreach (var part in new[] { "Base di dati", "Consegne tra moduli", "Attività pianificate", "Disco", "Versioni", "Certificati e chiavi", "Posta in uscita" })
            Assert.Contains(part, italian, StringComparison.Ordinal);
        foreach (var module in app.Modules.Where(m => m.Db is not null))
            Assert.Matches($"{module.Name} \\(.+\\): risponde in \\d+ ms, aggiornata a \\S+", italian);
        var english = await (await app.SignedIn(As.Administrator() with { Id = Guid.CreateVersion7(), DisplayName = "Second administrator" }, "en")).Open("/operations");
        Assert.Contains("Deliveries between modules", english.Text, StringComparison.Ordinal);
        Assert.Contains("No mail server: 0 e-mails wait", english.Text, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await (await app.SignedIn(As.Sisp("010301"))).Open("/operations")).Status);
        Assert.Contains("/sign-in", (await app.Visitor().Open("/operations")).Address, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task An_alarm_is_told_once_to_who_operates_and_again_only_after_it_was_over(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var operatorOfRegion = await Operator(app);
        var late = Guid.CreateVersion7();
        await app.Db<NotificationsDb, int>(db =>
        {
            db.Outbox.Add(new OutboxRow { Id = late, Type = "Platform.Gone.SomethingHappened", Payload = "{}", At = app.Clock.Now.UtcDateTime, DueAt = app.Clock.Now.UtcDateTime.AddDays(1) });
            return db.SaveChangesAsync();
        });
        await Watch(app);
        Assert.Empty(await Told(app, operatorOfRegion));

        app.Clock.Advance(TimeSpan.FromMinutes(15));
        await Watch(app);
        await Watch(app);
        var message = Assert.Single(await Told(app, operatorOfRegion));
        Assert.Equal(("{0}: {1} in attesa, la più vecchia da {2} minuti", "/operations/deliveries"), (message.Subject, message.Link));

        await app.Db<NotificationsDb, int>(db => db.Outbox.Where(r => r.Id == late).ExecuteDeleteAsync());
        await Watch(app);
        Assert.Single(await Told(app, operatorOfRegion));
        await app.Db<NotificationsDb, int>(db =>
        {
            db.Outbox.Add(new OutboxRow { Id = late, Type = "Platform.Gone.SomethingHappened", Payload = "{}", At = app.Clock.Now.UtcDateTime.AddHours(-1), DueAt = app.Clock.Now.UtcDateTime.AddDays(1) });
            return db.SaveChangesAsync();
        });
        await Watch(app);
        Assert.Equal(2, (await Told(app, operatorOfRegion)).Count);
    }

    [Theory, OnEachEngine]
    public async Task Failed_and_late_jobs_given_up_deliveries_and_mails_that_wait_are_alarms(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine, ("Mail:Host", "localhost"), ("Mail:Port", "1"));
        var now = app.Clock.Now.UtcDateTime;
        await app.Db<NotificationsDb, int>(db =>
        {
            db.JobRuns.Add(new JobRun { Id = Guid.CreateVersion7(), Job = SendMails.Name, StartedAt = now, Failed = true, Outcome = "x" });
            db.Outbox.Add(new OutboxRow { Id = Guid.CreateVersion7(), Type = "x", Payload = "{}", At = now, GivenUpAt = now });
            db.Mails.Add(new Mail { Id = Guid.CreateVersion7(), ToAddress = "a@example.org", Subject = "x", Body = "x", Language = "it", State = MailState.Waiting, CreatedAt = now, DueAt = now });
            return db.SaveChangesAsync();
        });
        Assert.Equal(["given-up.notifications", $"job-failed.{SendMails.Name}"], await Alarms(app));
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        var later = await Alarms(app);
        Assert.Contains("mails", later);
        Assert.Contains($"job-late.{SendMails.Name}", later);
        // Never ran, and is not due before the night.
        Assert.DoesNotContain("job-late.users.apply-retention", later);
    }

    [Theory, OnEachEngine]
    public async Task What_a_job_did_and_when_it_runs_is_said_in_the_readers_language(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await app.Services.GetRequiredService<JobRunner>().Run("users.forget-used-tokens", default);
        var page = (await (await app.SignedIn(As.Administrator(), "en")).Open("/operations/jobs")).Text;
        Assert.Contains("0 requests and challenges forgotten", page, StringComparison.Ordinal);
        Assert.Contains("Every day at 02:30", page, StringComparison.Ordinal);
        Assert.Contains("Every minute", page, StringComparison.Ordinal);
        Assert.Contains("Every hour, at minute 40", page, StringComparison.Ordinal);
        var texts = app.Services.GetRequiredService<Texts>();
        Assert.DoesNotContain(app.Services.GetRequiredService<JobRunner>().All, j => CronWords.Say(j.Cron, texts) == j.Cron);
    }

    private static async Task<Guid> Operator(PlatformApp app)
    {
        await app.SignedIn(As.Administrator());
        return await app.Db<Platform.UserManagement.UserManagementDb, Guid>(db => db.Accounts.Select(a => a.Id).SingleAsync());
    }

    private static Task Watch(PlatformApp app) => app.Services.GetRequiredService<JobRunner>().Run(WatchInstallation.Name, default);

    private static Task<List<InboxMessage>> Told(PlatformApp app, Guid account) =>
        app.Db<NotificationsDb, List<InboxMessage>>(db => db.Messages.AsNoTracking().Where(m => m.Recipient == $"Account:{account}" && m.Template == "operations.alarm"
            && m.Subject.Contains("in attesa")).ToListAsync());

    private static async Task<string[]> Alarms(PlatformApp app)
    {
        await using var scope = app.Scope();
        return [.. (await scope.ServiceProvider.GetRequiredService<Diagnosis>().Look(default)).Where(f => f.Alarm && !f.Code.StartsWith("disk", StringComparison.Ordinal)).Select(f => f.Code)];
    }
}
