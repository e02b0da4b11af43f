using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.AuditLog;

namespace Platform.Tests.UserManagement;

public sealed class AuditTests
{
    [Theory, OnEachEngine]
    public async Task Each_person_of_an_event_gets_a_line_and_the_chain_holds(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var people = Enumerable.Range(0, 500).Select(_ => Guid.CreateVersion7()).ToArray();
        await Touch(app, As.Sisp("010301"), "read", people);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await Touch(app, As.Gp("990007"), "write", people[..3]);
        await app.Drain();

        var lines = await app.Db<UserManagementDb, List<AuditLine>>(db => db.AuditLines.OrderBy(l => l.Sequence).ToListAsync());
        Assert.Equal(503, lines.Count);
        Assert.Equal(Enumerable.Range(1, 503).Select(n => (long)n), lines.Select(l => l.Sequence));
        Assert.Equal("Sisp 010301", lines[0].Actor);
        Assert.Equal("203.0.113.7", lines[0].Address);
        Assert.Equal(As.Gp("990007").Id, lines[502].ActorId);
        Assert.Equal((503, ""), await Verify(app));
        Assert.Equal("Sisp/Asl/010301", lines[0].ActingAs);
    }

    [Theory, OnEachEngine]
    public async Task An_event_delivered_again_leaves_no_second_line(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Touch(app, As.Sisp("010301"), "read", [Guid.CreateVersion7()]);
        await app.Drain();
        await app.Db<NotificationsDb, int>(db => db.Outbox.ExecuteUpdateAsync(set => set
            .SetProperty(r => r.SentAt, (DateTime?)null).SetProperty(r => r.DueAt, app.Clock.Now.UtcDateTime)));
        await app.Drain();
        Assert.Equal(1, await app.Db<UserManagementDb, int>(db => db.AuditLines.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task A_changed_line_is_found(Engine engine)
    {
        await using var app = await TenLines(engine);
        var another = Guid.CreateVersion7();
        await app.Db<UserManagementDb, int>(db => db.LineRows.Where(l => l.Sequence == 4).ExecuteUpdateAsync(set => set.SetProperty(l => l.SubjectId, another)));
        Assert.Equal((9, "Line 4 is changed."), await Verify(app));
    }

    [Theory, OnEachEngine]
    public async Task What_many_lines_have_is_kept_once_and_a_change_of_it_is_found_at_its_place_and_at_each_line(Engine engine)
    {
        await using var app = await TenLines(engine);
        await Touch(app, As.Sisp("010301"), "read", [Guid.CreateVersion7()]);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await Touch(app, As.Gp("990007"), "read", [Guid.CreateVersion7(), Guid.CreateVersion7()]);
        await app.Drain();
        Assert.Equal((2, 2, 1), await app.Db<UserManagementDb, (int, int, int)>(async db =>
            (await db.AuditActors.CountAsync(), await db.Set<AuditGuise>().CountAsync(), await db.Set<AuditAct>().CountAsync())));
        await app.Db<UserManagementDb, int>(db => db.AuditActors.Where(a => a.Name == "Gp 990007").ExecuteUpdateAsync(set => set.SetProperty(a => a.Name, "nobody")));
        Assert.Equal((11, "Actor 2 is changed. Line 12 is changed. Line 13 is changed."), await Verify(app));
    }

    [Theory, OnEachEngine]
    public async Task A_line_that_was_changed_and_sealed_anew_is_found_in_the_middle_and_at_the_end(Engine engine)
    {
        await using var app = await TenLines(engine);
        foreach (var sequence in new long[] { 4, 10 })
        {
            await app.Db<UserManagementDb, int>(async db =>
            {
                var forged = await Forged(db, sequence, sequence, Guid.CreateVersion7());
                return await db.LineRows.Where(l => l.Sequence == sequence)
                    .ExecuteUpdateAsync(set => set.SetProperty(l => l.SubjectId, forged.SubjectId).SetProperty(l => l.Mark, forged.Mark).SetProperty(l => l.Hash, forged.Hash));
            });
        }

        Assert.Equal("Line 4 is changed. Line 10 is changed.", (await Verify(app)).Said);
    }

    [Theory, OnEachEngine]
    public async Task Removed_lines_are_found_in_the_middle_and_cut_off_at_the_end(Engine engine)
    {
        await using var app = await TenLines(engine);
        await app.Db<UserManagementDb, int>(db => db.LineRows.Where(l => l.Sequence == 10).ExecuteDeleteAsync());
        Assert.Equal((9, "Line 10 is missing."), await Verify(app));
        await app.Db<UserManagementDb, int>(db => db.LineRows.Where(l => l.Sequence == 6 || l.Sequence == 7).ExecuteDeleteAsync());
        Assert.Equal((7, "Lines 6 to 7 are missing. Line 10 is missing."), await Verify(app));
    }

    [Theory, OnEachEngine]
    public async Task An_inserted_line_is_found_before_the_first_and_beyond_the_last(Engine engine)
    {
        await using var app = await TenLines(engine);
        await app.Db<UserManagementDb, int>(async db =>
        {
            db.LineRows.AddRange(await Forged(db, 1, 0, Guid.CreateVersion7()), await Forged(db, 10, 11, Guid.CreateVersion7()));
            return await db.SaveChangesAsync();
        });
        Assert.Equal((10, "Line 0 is inserted. Line 11 is inserted."), await Verify(app));
    }

    [Theory, OnEachEngine]
    public async Task Who_saw_a_persons_data_is_printed_for_her_without_anybody_else(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Touch(app, As.Sisp("010301"), "read", [one, other]);
        await Touch(app, As.Gp("990007"), "write", [other]);
        await app.Drain();

        var officer = await app.SignedIn(As.PrivacyOfficer());
        var hers = await officer.Open($"/audit/person/{one}");
        Assert.Contains("Sisp 010301", hers.Text, StringComparison.Ordinal);
        Assert.Contains("Operatore SISP, ASL Città di Torino", hers.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Gp 990007", hers.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(other.ToString(), hers.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113.7", hers.Text, StringComparison.Ordinal);
        var csv = await officer.Http.GetStringAsync($"/audit/person/{one}?format=csv");
        Assert.Contains("Sisp 010301", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Gp 990007", csv, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Events_appended_side_by_side_make_one_chain(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Touch(app, As.Sisp("010301"), "read", [Guid.CreateVersion7()]);
        await app.Drain();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            await using var scope = app.Scope();
            var db = (UserManagementDb)scope.ServiceProvider.GetService(typeof(UserManagementDb))!;
            await new WhenPersonDataTouched(db, new()).React(
                [new(Guid.CreateVersion7(), app.Clock.Now.UtcDateTime, null, new("read", "test", [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())], [], $"side {n}", null, null))],
                TestContext.Current.CancellationToken);
        })));
        Assert.Equal((41, ""), await Verify(app));
    }

    [Theory, OnEachEngine]
    public async Task The_administrator_finds_lines_by_person_actor_and_day(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Touch(app, As.Sisp("010301"), "read", [one]);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await Touch(app, As.Gp("990007"), "write", [other]);
        await app.Drain();

        var administrator = await app.SignedIn(As.Administrator());
        var all = await administrator.Open("/audit");
        Assert.Contains("Sisp 010301", all.Text, StringComparison.Ordinal);
        Assert.Contains("Gp 990007", all.Text, StringComparison.Ordinal);
        foreach (var filter in new[] { $"subject={one}", "actor=Sisp+010301", "day=2021-11-15" })
        {
            var found = await administrator.Open("/audit?" + filter);
            Assert.Contains("Sisp 010301", found.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Gp 990007", found.Text, StringComparison.Ordinal);
        }
    }

    [Theory, OnEachEngine]
    public async Task Two_of_one_name_are_read_page_by_page_in_one_order(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        Identity[] actors = [.. new[] { "010301", "010302", "010203" }.Select(As.Sisp).Select((who, n) => who with { DisplayName = n < 2 ? "Anna Rossi" : "Ugo Bianchi" })];
        // The first has the oldest and the newest; the second those in the middle.
        foreach (var (who, lines) in new[] { (0, 20), (1, 30), (2, 5), (1, 1), (0, 9) })
        {
            await Touch(app, actors[who], "read", [.. Enumerable.Range(0, lines).Select(_ => Guid.CreateVersion7())]);
            app.Clock.Advance(TimeSpan.FromHours(5));
        }

        await app.Drain();
        var all = await app.Db<UserManagementDb, List<long>>(db => db.AuditLines.Where(l => l.Actor == "Anna Rossi").Select(l => l.Sequence).OrderDescending().ToListAsync());
        Assert.Equal(60, all.Count);
        async Task<(List<long> Rows, int Page, int Total)> Page(int page, string? sort = null, DateOnly? on = null)
        {
            var list = await app.Send(new SearchAudit(null, "Anna Rossi", on) { Page = page, Sort = sort }, As.PrivacyOfficer());
            return ([.. list.Rows.Select(r => r.Sequence)], list.Page, list.Total);
        }

        foreach (var page in new[] { 1, 2, 3 })
            Assert.Equivalent((all.Skip(25 * (page - 1)).Take(25).ToList(), page, 60), await Page(page), strict: true);
        Assert.Equal(all.TakeLast(10), (await Page(9)).Rows);
        Assert.Equal(all.TakeLast(25).Reverse(), (await Page(1, "at")).Rows);
        // The 15th of November has the first three groups, of which hers are 50.
        var day = await Page(1, on: new(2021, 11, 15));
        Assert.Equal(50, day.Total);
        Assert.Equal(all.TakeLast(50).Take(25), day.Rows);
        await using var scope = app.Scope(As.PrivacyOfficer());
        var whole = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SearchAudit(null, "Anna Rossi", null) { Whole = true }, TestContext.Current.CancellationToken);
        Assert.Equal(all, await whole.All(TestContext.Current.CancellationToken).Select(r => r.Sequence).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory, OnEachEngine]
    public async Task A_far_page_has_the_lines_that_stand_there_also_where_many_are_of_one_moment(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var (one, other) = (As.Sisp("010301") with { DisplayName = "Anna Rossi" }, As.Sisp("010302") with { DisplayName = "Anna Rossi" });
        // Moments of 40 lines each, and pages of 25: a page begins within a moment.
        for (var moment = 0; moment < 8; moment++)
        {
            await Touch(app, moment % 2 == 0 ? one : other, "read", [.. Enumerable.Range(0, 40).Select(_ => Guid.CreateVersion7())]);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await app.Drain();
        var all = await app.Db<UserManagementDb, List<long>>(db => db.AuditLines.Where(l => l.Actor == "Anna Rossi").Select(l => l.Sequence).OrderDescending().ToListAsync());
        Assert.Equal(320, all.Count);
        foreach (var actor in new[] { "Anna Rossi", null })
        {
            foreach (var (page, size) in new[] { (10, 25), (11, 25), (12, 25), (13, 25), (40, 25), (14, 20) })
            {
                var list = await app.Send(new SearchAudit(null, actor, null) { Page = page, Size = size }, As.PrivacyOfficer());
                var there = Math.Min(page, (320 + size - 1) / size);
                Assert.Equal((there, 320), (list.Page, list.Total));
                Assert.Equal(all.Skip(size * (there - 1)).Take(size), list.Rows.Select(r => r.Sequence));
            }
        }
    }

    private static async Task<(long Intact, string Said)> Verify(PlatformApp app)
    {
        var verdict = await app.Send(new VerifyAudit());
        return (verdict.Intact, verdict.Said);
    }

    /// <summary>With a seal of its own that follows the line before, as somebody would make it who knows how.</summary>
    internal static async Task<LineRow> Forged(UserManagementDb db, long of, long sequence, Guid subject)
    {
        var (row, line) = (await db.LineRows.AsNoTracking().SingleAsync(l => l.Sequence == of), await db.AuditLines.SingleAsync(l => l.Sequence == of));
        var previous = await db.LineRows.Where(l => l.Sequence == sequence - 1).Select(l => l.Hash).FirstOrDefaultAsync() ?? AuditLine.Beginning;
        var own = new AuditLine
        {
            Sequence = sequence, At = line.At, ActorId = line.ActorId, Actor = line.Actor, Address = line.Address, Action = line.Action, What = line.What,
            Subject = line.Subject, SubjectId = subject, Trace = line.Trace, ActingAs = line.ActingAs, Fields = line.Fields, Why = line.Why,
        }.Own();
        return new()
        {
            At = row.At, Sequence = sequence, SubjectId = subject, Trace = row.Trace, Actor = row.Actor, Guise = row.Guise, Act = row.Act,
            Mark = AuditLine.MarkOf(own), Hash = AuditLine.Seal(previous, own),
        };
    }

    private static async Task<PlatformApp> TenLines(Engine engine)
    {
        var app = await PlatformApp.Start(engine);
        await Touch(app, As.Sisp("010301"), "read", [.. Enumerable.Range(0, 10).Select(_ => Guid.CreateVersion7())]);
        await app.Drain();
        return app;
    }

    // Any module's save tells it; Notifications' context is as good as another.
    private static async Task Touch(PlatformApp app, Identity who, string action, Guid[] people)
    {
        await using var scope = app.Scope(who);
        var db = (NotificationsDb)scope.ServiceProvider.GetService(typeof(NotificationsDb))!;
        db.Audit(action, "test.Something", people);
        await db.SaveChangesAsync();
    }
}
