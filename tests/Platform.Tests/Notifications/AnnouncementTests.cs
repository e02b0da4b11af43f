using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Notifications;
using Platform.Notifications.Announcements;
using Platform.Tests.Harness;
using Platform.UserManagement;

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
