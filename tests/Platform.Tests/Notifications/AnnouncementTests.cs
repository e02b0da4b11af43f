using System.Net;
using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.Notifications;
using Platform.Notifications.Announcements;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.Notifications;

public sealed class AnnouncementTests
{
    // A Saturday evening, half an hour; shown from the Wednesday before.
    private static readonly DateTimeOffset Starts = new(2021, 11, 20, 20, 0, 0, TimeSpan.Zero);

    [Theory, OnEachEngine]
    public async Task Everybody_sees_it_before_and_during_its_window_in_her_own_language_and_in_the_regions_time(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await app.Send(Maintenance(), As.Administrator());
        Assert.Null(await Strip(app.Visitor()));

        app.Clock.Set(Starts.AddHours(-72));
        Assert.Equal("Manutenzione programmata. sabato 20 novembre 2021, dalle 21:00 alle 21:30. I referti non si aprono.", await Strip(app.Visitor()));
        Assert.Equal("Planned maintenance. Saturday 20 November 2021, from 21:00 to 21:30. Reports cannot be opened.", await Strip(app.Visitor("en")));
        Assert.StartsWith("Manutenzione programmata.", await Strip(await app.SignedIn(As.Gp("990007")), "/"), StringComparison.Ordinal);
        Assert.StartsWith("Manutenzione programmata.", await Strip(app.Visitor(), "/nothing-is-here"), StringComparison.Ordinal);

        app.Clock.Set(Starts);
        Assert.StartsWith("Manutenzione in corso.", await Strip(app.Visitor()), StringComparison.Ordinal);
        app.Clock.Set(Starts.AddMinutes(30));
        Assert.Null(await Strip(app.Visitor()));
    }

    [Theory, OnEachEngine]
    public async Task Who_operates_the_platform_writes_changes_and_calls_off(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var operatorOfRegion = await app.SignedIn(As.Administrator());
        var wrong = await operatorOfRegion.Submit(await operatorOfRegion.Open("/notifications/announcements/write"), "Salva l’avviso",
            ("Comincia", "2021-11-15T21:00"), ("Finisce", "2021-11-15T20:00"), ("Avviso in italiano", "Fermo"));
        Assert.Equal("La fine viene prima dell’inizio.", wrong.ErrorOf("Finisce"));
        Assert.Equal("Scriva l’avviso anche in inglese.", wrong.ErrorOf("Avviso in inglese"));
        var written = await operatorOfRegion.Submit(wrong, "Salva l’avviso", ("Finisce", "2021-11-15T21:30"), ("Avviso in inglese", "Stopped"));
        Assert.Contains("L’avviso è salvato.", written.Text, StringComparison.Ordinal);
        Assert.Contains("In programma", written.Text, StringComparison.Ordinal);
        Assert.Contains("Fermo", await Strip(app.Visitor()), StringComparison.Ordinal);

        var change = await operatorOfRegion.Open(written.Link("Modifica"));
        Assert.Equal("2021-11-15T21:00", change.ValueOf("Comincia"));
        var changed = await operatorOfRegion.Submit(change, "Salva l’avviso", ("Avviso in italiano", "Fermo breve"));
        Assert.Contains("Fermo breve", await Strip(app.Visitor()), StringComparison.Ordinal);
        var stale = await operatorOfRegion.Submit(change, "Salva l’avviso", ("Avviso in italiano", "Fermo lungo"));
        Assert.Contains("Qualcun altro ha modificato", stale.Text, StringComparison.Ordinal);

        var id = await app.Db<NotificationsDb, Guid>(db => db.Announcements.Select(a => a.Id).SingleAsync());
        await app.Send(new CallOffAnnouncement(id), As.Administrator());
        Assert.Null(await Strip(app.Visitor()));
        Assert.Contains("Disdetta", (await operatorOfRegion.Open("/notifications/announcements?state=CalledOff")).Text, StringComparison.Ordinal);
        Assert.Contains("Nessun avviso", (await operatorOfRegion.Open("/notifications/announcements?state=Coming")).Text, StringComparison.Ordinal);
        Assert.Equal("announcement-over", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new CallOffAnnouncement(id), As.Administrator()))).Code);

        await app.Drain();
        var acts = await app.Db<UserManagementDb, List<string>>(db => db.AuditLines.Where(l => l.SubjectId == id).OrderBy(l => l.What).Select(l => l.What).ToListAsync());
        Assert.Equal(["notifications.CallOffAnnouncement", "notifications.WriteAnnouncement", "notifications.WriteAnnouncement"], acts);
    }

    [Theory, OnEachEngine]
    public async Task The_same_form_sent_twice_is_one_announcement_and_a_past_window_is_refused(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var form = Maintenance();
        await app.Send(form, As.Administrator());
        await app.Send(form, As.Administrator());
        Assert.Equal(1, await app.Db<NotificationsDb, int>(db => db.Announcements.CountAsync()));
        app.Clock.Set(Starts.AddDays(1));
        Assert.Contains((await Assert.ThrowsAsync<ValidationException>(() => app.Send(Maintenance(), As.Administrator()))).Errors, e => e.ErrorMessage == "La finestra è già passata.");
        var over = form with { Version = 0, To = form.To!.Value.AddDays(3) };
        Assert.Equal("announcement-over", (await Assert.ThrowsAsync<Refusal>(() => app.Send(over, As.Administrator()))).Code);
    }

    [Theory, OnEachEngine]
    public async Task Nobody_else_writes_or_lists(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        foreach (var who in new[] { As.Gp("990007"), As.Sisp("010301"), As.Lab("LAB-001"), As.LabSystem("LAB-001") })
        {
            Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Maintenance(), who))).Code);
            Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new AnnouncementList(null), who))).Code);
            Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new CallOffAnnouncement(Guid.CreateVersion7()), who))).Code);
        }
    }

    [Theory, OnEachEngine]
    public async Task A_page_opens_without_it_when_the_database_does_not_answer(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await app.Send(Maintenance() with { HoursBefore = 720 }, As.Administrator());
        Assert.NotNull(await Strip(app.Visitor()));
        await app.Db<NotificationsDb, int>(db => db.Database.ExecuteSqlRawAsync(
            engine == Engine.Sqlite ? "DROP TABLE announcements" : "DROP TABLE notifications.announcements"));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Strip(app.Visitor()));
    }

    [Theory, OnEachEngine]
    public async Task While_it_keeps_the_service_closed_everybody_gets_the_sign_and_who_operates_comes_in(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var doctor = await app.SignedIn(As.Gp("990007"));
        using var machine = await app.LabSystem("LAB-001");
        await app.Send(Maintenance() with { Closes = true }, As.Administrator());
        Assert.Equal(HttpStatusCode.OK, (await doctor.Open("/")).Status);

        app.Clock.Set(Starts.AddMinutes(10));
        foreach (var somebody in new[] { doctor, app.Visitor("en") })
        {
            using var closed = await somebody.Http.GetAsync("/");
            var page = await closed.Content.ReadAsStringAsync();
            Assert.Equal((HttpStatusCode.ServiceUnavailable, (TimeSpan?)TimeSpan.FromMinutes(20)), (closed.StatusCode, closed.Headers.RetryAfter?.Delta));
            Assert.Contains("Servizio chiuso per manutenzione", page, StringComparison.Ordinal);
            Assert.Contains("Service closed for maintenance", page, StringComparison.Ordinal);
            Assert.Contains("Saturday 20 November 2021, from 21:00 to 21:30.", page, StringComparison.Ordinal);
            Assert.Contains("I referti non si aprono.", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("(href|src)=", page);
            var style = page.Split("<style>")[1].Split("</style>")[0];
            Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", closed.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        using var refused = await machine.GetAsync("/api/v1/me");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.Contains("urn:problem:maintenance", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(20), refused.Headers.RetryAfter?.Delta);

        Assert.Equal(HttpStatusCode.OK, (await (await app.SignedIn(As.Administrator())).Open("/notifications/announcements")).Status);
        await app.Send(new CreateAccount("gp.again", PlatformApp.Password, "Medico", "gp.again@example.org", "it", As.Gp("990014").Assignments));
        var outside = app.Visitor();
        await outside.SignIn("gp.again", PlatformApp.Password);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await outside.Open("/")).Status);
        Assert.Equal("Healthy, closed for maintenance until 2021-11-20 20:30:00Z", await app.Anonymous().GetStringAsync("/health/ready"));

        app.Clock.Set(Starts.AddMinutes(30));
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().Open("/")).Status);
        Assert.Equal("Healthy", await app.Anonymous().GetStringAsync("/health/ready"));
    }

    [Theory, OnEachEngine]
    public async Task A_page_without_files_of_its_own_stands_in_while_the_service_is_off(Engine engine)
    {
        var folder = Path.Combine(Path.GetTempPath(), "stand-in-" + Guid.CreateVersion7().ToString("N"));
        await using var app = await PlatformApp.Start(engine, ("Maintenance:PageFolder", folder));
        async Task<string> Outcome()
        {
            await app.Services.GetRequiredService<JobRunner>().Run(WriteStandIn.Name, default);
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            return await app.Db<NotificationsDb, string>(db => db.JobRuns.OrderByDescending(r => r.StartedAt).Select(r => r.Outcome!).FirstAsync());
        }

        Assert.Equal("pagina aggiornata", await Outcome());
        Assert.Equal("nulla di nuovo", await Outcome());
        var page = await File.ReadAllTextAsync(Path.Combine(folder, "closed.html"));
        Assert.Contains("Servizio momentaneamente non disponibile", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(href|src)=", page);

        await app.Send(Maintenance() with { TextIt = "Fermo <b>breve</b>." }, As.Administrator());
        app.Clock.Set(Starts.AddMinutes(-30));
        Assert.Equal("pagina aggiornata", await Outcome());
        page = await File.ReadAllTextAsync(Path.Combine(folder, "closed.html"));
        Assert.Contains("sabato 20 novembre 2021, dalle 21:00 alle 21:30.", page, StringComparison.Ordinal);
        Assert.Contains("Fermo &lt;b&gt;breve&lt;/b&gt;.", page, StringComparison.Ordinal);
        Assert.Contains("503", await File.ReadAllTextAsync(Path.Combine(folder, "closed.json")), StringComparison.Ordinal);

        await using var scope = app.Scope();
        var command = app.Modules.SelectMany(m => m.ConsoleCommands).Single(c => c.Words == "announcements page");
        Assert.Equal(2, await command.Run(scope.ServiceProvider, [], default));
        Assert.Equal(0, await command.Run(scope.ServiceProvider, [Path.Combine(folder, "by-hand.html")], default));
        Assert.Equal(page, await File.ReadAllTextAsync(Path.Combine(folder, "by-hand.html")));
        Directory.Delete(folder, recursive: true);
    }

    private static WriteAnnouncement Maintenance() => new()
    {
        Id = Guid.CreateVersion7(), TextIt = "I referti non si aprono.", TextEn = "Reports cannot be opened.",
        From = new(2021, 11, 20, 21, 0, 0), To = new(2021, 11, 20, 21, 30, 0), HoursBefore = 72,
    };

    private static async Task<string?> Strip(Visitor visitor, string path = "/sign-in")
    {
        var screen = await visitor.Open(path);
        Assert.True((int)screen.Status < 500);
        var strip = screen.Page.QuerySelector(".strip-maintenance[role=status]")?.TextContent;
        return strip is null ? null : string.Join(' ', strip.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
